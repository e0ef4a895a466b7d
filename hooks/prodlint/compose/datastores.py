"""Databases and brokers: the ports on which they listen, and the folders in which they keep their data."""

from functools import cache

from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.origin import Origin

# Names of images without their owner | what they run | its ports | the folders in which it may keep its data, as the pages of
# the images say; none where nothing has to last | the program.
_TABLE = """
postgres postgresql postgis pgvector timescaledb timescaledb-ha | PostgreSQL | 5432 | /var/lib/postgresql/data /var/lib/postgresql /bitnami/postgresql /home/postgres/pgdata | postgres
mysql mysql-server percona percona-server | MySQL | 3306 33060 | /var/lib/mysql /bitnami/mysql | mysqld
mariadb | MariaDB | 3306 | /var/lib/mysql /bitnami/mariadb /config | mariadbd mysqld
mongo mongodb mongodb-community-server | MongoDB | 27017 | /data/db /bitnami/mongodb | mongod
redis valkey keydb redis-stack-server | Redis | 6379 | /data /bitnami/redis/data /bitnami/valkey/data | redis-server valkey-server keydb-server
memcached | memcached | 11211 | | memcached
elasticsearch | Elasticsearch | 9200 9300 | /usr/share/elasticsearch/data /bitnami/elasticsearch/data | elasticsearch eswrapper
opensearch | OpenSearch | 9200 9300 9600 | /usr/share/opensearch/data | opensearch
clickhouse clickhouse-server | ClickHouse | 8123 9000 | /var/lib/clickhouse /bitnami/clickhouse | clickhouse clickhouse-server
cassandra | Cassandra | 9042 7000 7199 | /var/lib/cassandra /bitnami/cassandra | cassandra
couchdb | CouchDB | 5984 | /opt/couchdb/data /bitnami/couchdb | couchdb
neo4j | Neo4j | 7687 7474 | /data /bitnami/neo4j | neo4j
influxdb | InfluxDB | 8086 8088 | /var/lib/influxdb /var/lib/influxdb2 /var/lib/influxdb3 /bitnami/influxdb | influxd
mssql-server azure-sql-edge | SQL Server | 1433 | /var/opt/mssql/data | sqlservr
rabbitmq | RabbitMQ | 5672 5671 25672 4369 | | rabbitmq-server
kafka cp-kafka cp-server | Kafka | 9092 9093 9094 29092 19092 | | kafka
zookeeper cp-zookeeper | ZooKeeper | 2181 | | zookeeper
etcd | etcd | 2379 2380 | | etcd
"""
# Ports of one program only, by which it is known whatever the image is called.
_PORTS = {
    "5432": "PostgreSQL",
    "3306": "MySQL",
    "27017": "MongoDB",
    "6379": "Redis",
    "11211": "memcached",
    "1433": "SQL Server",
    "5672": "RabbitMQ",
}


class Datastore(NamedTuple):
    """`name` is what people call it; `folders` are where it may keep its data, `programs` its servers."""

    name: str
    ports: tuple[str, ...]
    folders: tuple[str, ...]
    programs: tuple[str, ...]


@cache
def datastore(repository: str) -> Datastore | None:
    """What an image runs, when it is known for a database or a broker."""
    owner, _, last = repository.rpartition("/")
    if last == "server":
        last = f"{owner.rpartition('/')[2]}-server"
    return _by_name().get(last)


def unrelated(first: "Origin | None", second: "Origin | None") -> bool:
    """Whether two images are databases of two kinds, of which neither asks the other."""
    if not first or not second:
        return False
    stores = datastore(first.repository), datastore(second.repository)
    return all(store and store.folders for store in stores) and stores[0] != stores[1]


@cache
def _by_name() -> dict[str, Datastore]:
    found = {}
    for line in _TABLE.strip().split("\n"):
        names, name, *lists = (part.strip() for part in line.split("|"))
        ports, folders, programs = (tuple(words.split()) for words in lists)
        found.update(dict.fromkeys(names.split(), Datastore(name, ports, folders, programs)))
    return found


def named_port(port: str) -> str:
    """What listens on a port, whatever its image is called; empty when that may be anything."""
    return _PORTS.get(port, "")
