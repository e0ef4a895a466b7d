"""What was seen in the sources of base images. What is not here is unknown.

Every entry names its source and a day: a repository on GitHub (its Dockerfiles, or what is named behind it) or a page, and
the day of the commit that was read, or on which a copy without a date was read.
"""

SOURCES = {
    "OFFICIAL": "docker-library/official-images@2026-08-21",  # library/; its FAQ: official images ship no health check
    "ARCHITECTURES": "docker-library/official-images@2026-08-21",  # README.md
    "MIRRORS": "distribution/reference@2026-11-24 docs.aws.amazon.com/AmazonECR/latest/public@2026-11-24"
    " docs.cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images@2026-11-24",
    "DISTROLESS": "GoogleContainerTools/distroless@2026-08-21",  # README.md: NAME-debianN, tags latest, nonroot, debug, debug-nonroot
}

# With names that have left it.
OFFICIAL = """
adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux azul-zulu backdrop bash bonita
buildpack-deps busybox caddy cassandra centos chronograf cirros clearlinux clefos clickhouse clojure composer convertigo couchbase
couchdb crate dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang espocrm fedora
flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe hello-world hitch httpd hylang
ibm-semeru-runtimes ibmjava influxdb irssi java jetty joomla jruby julia kapacitor kibana kong krakend lightstreamer liquibase
logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mysql nats neo4j neurodebian nextcloud nginx
nim node notary odoo open-liberty openjdk oraclelinux orientdb percona perl photon php php-zendserver phpmyadmin plone
postfixadmin postgres pypy python r-base rabbitmq rakudo-star redis redmine registry rethinkdb rocket.chat rockylinux ros ruby
rust sapmachine satosa silverpeas solr sonarqube spark spiped storm swift swipl teamspeak telegraf tomcat tomee traefik ubuntu
unit varnish websphere-liberty wordpress xwiki yourls znc zookeeper
"""

# Namespaces of official images for one architecture, and registries that mirror Docker Hub.
ARCHITECTURES = (
    "amd64 arm32v5 arm32v6 arm32v7 arm64v8 i386 mips64le ppc64le riscv64 s390x windows-amd64"
)
MIRRORS = """
docker.io/ index.docker.io/ registry-1.docker.io/ registry.hub.docker.com/ public.ecr.aws/docker/ mirror.gcr.io/ library/
"""

_CLIENTS = (
    "pg_isready psql redis-cli mysqladmin mysql mariadb-admin mongosh mongo rabbitmq-diagnostics"
)
_RUNTIMES = "node npm java php ruby"

# system: (tools that it has, tools that it lacks, the source). Alpine and busybox: busybox's applets. Debian, with Ubuntu: what
# buildpack-deps, node:slim and python:slim install because the base has none.
SYSTEMS = {
    "alpine": (
        "sh ash wget nc",
        f"bash curl netcat perl python python3 {_RUNTIMES} {_CLIENTS}",
        "nodejs/docker-node@2026-08-19",
    ),
    "busybox": (
        "sh ash wget nc",
        f"bash curl netcat perl python python3 {_RUNTIMES} {_CLIENTS}",
        "docker-library/busybox@2026-08-03",
    ),
    "debian": (
        "sh bash perl",
        f"curl wget nc netcat python python3 {_RUNTIMES} {_CLIENTS}",
        "docker-library/buildpack-deps@2025-11-13",
    ),
    "buildpack": (
        "sh bash perl curl wget git",
        f"nc netcat {_RUNTIMES} {_CLIENTS}",
        "docker-library/buildpack-deps@2025-11-13",
    ),
    "redhat": ("sh bash", _CLIENTS, "docker-library/mysql@2026-06-16"),
    "distroless": (
        "",
        f"sh ash bash curl wget nc netcat perl php ruby npm {_CLIENTS}",
        "GoogleContainerTools/distroless@2026-08-21",
    ),
    "scratch": (
        "",
        f"sh ash bash curl wget nc netcat perl python python3 {_RUNTIMES} {_CLIENTS}",
        "docker-library/official-images@2026-08-21",
    ),
    "-": ("", "", "docker-library/official-images@2026-08-21"),
}

# The accounts of a system: its users, and the groups that it has beyond theirs. Those of older releases are among them.
ACCOUNTS = {
    "alpine": (
        "root bin daemon adm lp sync shutdown halt mail news uucp operator man postmaster cron ftp sshd at squid xfs games postgres"
        " cyrus vpopmail ntp smmsp guest nobody",
        "sys tty disk mem kmem wheel floppy console audio cdrom dialout input tape video netdev readproc kvm shadow cdrw www-data"
        " usb users nofiles locate abuild utmp ping nogroup",
        "alpinelinux/aports@2026-11-24",  # main/alpine-baselayout: passwd, group
    ),
    "busybox": (
        "root daemon bin sys sync mail www-data operator nobody",
        "adm tty disk lp kmem wheel cdrom dialout floppy video audio tape utmp plugdev staff lock netdev users nogroup",
        "buildroot/buildroot@2026-08-22",  # system/skeleton/etc: passwd, group
    ),
    "debian": (
        "root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody _apt ubuntu syslog"
        " libuuid messagebus systemd-timesync systemd-network systemd-resolve systemd-bus-proxy",
        "adm tty disk kmem dialout fax voice cdrom floppy tape sudo audio dip operator src shadow utmp video sasl plugdev staff users"
        " nogroup crontab input kvm render ssh _ssh netdev systemd-journal",
        "endlessm/base-passwd@2026-11-24",  # passwd.master, group.master
    ),
    "distroless": (
        "root nobody nonroot",
        "tty staff",
        "GoogleContainerTools/distroless@2026-08-21",  # common/BUILD.bazel
    ),
    "scratch": ("", "", "docker-library/official-images@2026-08-21"),
}
ACCOUNTS["buildpack"] = ACCOUNTS["debian"]

# An image: its name, kind, source and day, and what else is known; then its variants, of which the first that fits counts: the words
# of a tag that name it (each begins a part between hyphens; * fits all), its system, tools beyond the system's, and what differs.
# user= is who it runs as, root unless said (? is unknown); account= an unprivileged account that it brings, users= its name where
# that is a variable; drops=yes: it starts as root and its entrypoint steps down; env= what its ENV sets that a USER may name;
# healthcheck= for images that are not official.
IMAGES = """
alpine os alpinelinux/docker-alpine@2024-09-23
  *: alpine
busybox os docker-library/busybox@2026-08-03
  *: busybox
debian os docker-library/buildpack-deps@2025-11-13
  *: debian
ubuntu os docker-library/buildpack-deps@2025-11-13
  *: debian
centos os swiftlang/swift-docker@2026-08-07
  *: redhat
amazonlinux os corretto/corretto-docker@2026-04-27
  *: redhat curl
oraclelinux os docker-library/mysql@2026-06-16
  *: redhat curl
buildpack-deps toolchain docker-library/buildpack-deps@2025-11-13
  *: buildpack
gcc toolchain docker-library/gcc@2026-11-24
  *: buildpack
golang toolchain docker-library/golang@2026-08-19
  alpine: alpine go
  *: buildpack go
rust toolchain rust-lang/docker-rust@2026-04-03
  alpine: alpine
  slim: debian
  *: buildpack
haskell toolchain haskell/docker-haskell@2026-06-10
  *: debian curl git
elixir runtime erlef/docker-elixir@2025-11-15
  alpine: alpine
  slim: debian
  *: buildpack
erlang runtime erlang/docker-erlang-otp@2026-07-28
  alpine: alpine
  slim: debian
  *: buildpack
node runtime nodejs/docker-node@2026-08-19 account=node
  alpine: alpine node npm
  slim: debian node npm
  *: buildpack node npm python3
python runtime docker-library/python@2026-06-23
  alpine: alpine python python3
  slim: debian python python3
  *: buildpack python python3
ruby runtime docker-library/ruby@2026-04-21
  alpine: alpine ruby
  slim: debian ruby
  *: buildpack ruby python3
php runtime docker-library/php@2026-07-30 account=www-data
  fpm alpine: alpine php curl kind=server
  alpine: alpine php curl
  fpm: debian php curl kind=server
  apache: debian php curl kind=server
  *: debian php curl
wordpress server docker-library/wordpress@2026-08-19 account=www-data
  cli: alpine php curl bash kind=runtime user=www-data
  alpine: alpine php curl bash
  *: debian php curl
composer toolchain composer/docker@2026-07-02
  *: alpine php curl bash git
openjdk toolchain docker-library/openjdk@2026-08-19
  alpine: alpine java
  slim: debian java
  oracle: redhat java
  buster: buildpack java
  bullseye: buildpack java
  bookworm: buildpack java
  trixie: buildpack java
  *: - java sh
eclipse-temurin toolchain adoptium/containers@2026-08-05
  jre alpine: alpine java kind=runtime
  alpine: alpine java
  jre ubi: redhat java wget kind=runtime
  ubi: redhat java wget
  jre centos: redhat java kind=runtime
  centos: redhat java
  jre: debian java curl wget kind=runtime
  *: debian java curl wget
amazoncorretto toolchain corretto/corretto-docker@2026-04-27
  alpine: alpine java
  debian: debian java
  *: redhat java curl
maven toolchain carlossg/docker-maven@2026-08-05
  eclipse temurin alpine: alpine java bash curl
  alpine: alpine java bash
  amazoncorretto debian: debian java
  amazoncorretto: redhat java curl
  eclipse temurin: debian java curl wget
  *: - java sh
gradle toolchain keeganwitt/docker-gradle@2025-08-14 account=gradle
  alpine: alpine java curl
  corretto: redhat java curl wget
  ubi: redhat java curl wget
  *: debian java curl wget
tomcat server docker-library/tomcat@2026-08-20
  temurin: debian java curl wget
  alpine: alpine java
  *: - java sh bash
nginx server nginx/docker-nginx@2026-04-14 account=nginx
  alpine slim: alpine
  alpine: alpine curl
  *: debian curl
nginxinc/nginx-unprivileged server nginx/docker-nginx-unprivileged@2026-07-15 user=101 healthcheck=no
  alpine slim: alpine
  alpine: alpine curl
  *: debian curl
httpd server docker-library/httpd@2026-06-10 account=www-data
  alpine: alpine
  *: debian
caddy server caddyserver/caddy-docker@2026-03-05
  builder: alpine curl go kind=toolchain
  *: alpine curl
traefik server traefik/traefik-library-image@2026-08-19
  *: alpine
haproxy server docker-library/haproxy@2026-07-22 user=haproxy
  1.: - user=?
  2.0: - user=?
  2.1: - user=?
  2.2: - user=?
  2.3: - user=?
  alpine: alpine
  *: debian
memcached database docker-library/memcached@2026-07-09 user=memcache
  alpine: alpine
  *: debian
postgres database docker-library/postgres@2026-02-26 account=postgres drops=yes
  alpine: alpine pg_isready psql bash
  *: debian pg_isready psql
redis database docker-library/redis@2024-06-28 account=redis drops=yes
  alpine: alpine redis-cli
  *: debian redis-cli
mysql database docker-library/mysql@2026-06-16 account=mysql drops=yes
  debian: debian mysql mysqladmin
  *: redhat curl mysql mysqladmin
mariadb database MariaDB/mariadb-docker@2026-05-29 account=mysql drops=yes
  ubi: redhat curl mariadb-admin
  10: debian mariadb-admin mysql mysqladmin
  5: debian mysql mysqladmin
  *: debian mariadb-admin
mongo database docker-library/mongo@2026-06-11 account=mongodb drops=yes
  3: debian mongo
  4: debian mongo
  5: debian mongo mongosh
  *: debian mongosh
rabbitmq server docker-library/rabbitmq@2026-06-15 account=rabbitmq drops=yes
  alpine: alpine bash rabbitmq-diagnostics
  management: - sh bash rabbitmq-diagnostics
  *: debian rabbitmq-diagnostics
oven/bun runtime oven-sh/bun@2026-11-24 account=bun healthcheck=no
  distroless: - bun
  alpine: alpine bun node
  *: debian bun node
denoland/deno runtime denoland/deno_docker@2026-07-01 account=deno healthcheck=no
  bin: scratch
  distroless: distroless deno
  alpine: alpine deno
  *: debian deno
mcr.microsoft.com/dotnet/sdk toolchain dotnet/dotnet-docker@2026-08-21 account=$APP_UID users=app env=APP_UID=1654 healthcheck=no
  alpine: alpine curl
  azurelinux: redhat curl
  cbl: redhat curl
  *: debian curl wget
mcr.microsoft.com/dotnet/aspnet runtime dotnet/dotnet-docker@2026-08-21 account=$APP_UID users=app env=APP_UID=1654 healthcheck=no
  chiseled: distroless user=1654
  distroless: distroless user=1654
  alpine: alpine
  azurelinux: redhat
  cbl: redhat
  *: debian
mcr.microsoft.com/dotnet/runtime runtime dotnet/dotnet-docker@2026-08-21 account=$APP_UID users=app env=APP_UID=1654 healthcheck=no
  chiseled: distroless user=1654
  distroless: distroless user=1654
  alpine: alpine
  azurelinux: redhat
  cbl: redhat
  *: debian
mcr.microsoft.com/dotnet/runtime-deps runtime dotnet/dotnet-docker@2026-08-21 account=$APP_UID users=app env=APP_UID=1654 healthcheck=no
  chiseled: distroless user=1654
  distroless: distroless user=1654
  alpine: alpine
  azurelinux: redhat
  cbl: redhat
  *: debian
quay.io/keycloak/keycloak server keycloak/keycloak@2026-11-24 user=1000 healthcheck=no
  *: - sh bash java
prom/prometheus server prometheus/prometheus@2026-08-21 user=nobody healthcheck=no
  *: busybox
quay.io/prometheus/prometheus server prometheus/prometheus@2026-08-21 user=nobody healthcheck=no
  *: busybox
grafana/grafana server grafana.com/docs/grafana/v5.4/installation/docker@2026-11-24 user=472
  *: -
jenkins/jenkins server jenkinsci/docker@2026-08-18 user=jenkins healthcheck=no
  windows: - user=?
  alpine: alpine java bash curl git
  rhel: redhat java curl git
  *: debian java curl git
sonarqube server SonarSource/docker-sonarqube@2026-06-29 user=sonarqube
  5: - user=?
  6: - user=?
  7: - user=?
  8: - user=?
  *: - sh bash java
solr server apache/solr-docker@2026-03-03 user=8983
  5: - user=?
  6: - user=?
  7: - user=?
  *: debian java curl wget nc netcat
varnish server varnish/docker-varnish@2026-07-27 user=varnish
  6.0: - user=?
  stable: - user=?
  alpine: alpine
  *: - sh bash
adminer server TimWolla/docker-adminer@2026-07-17 user=adminer
  *: alpine php curl
authelia/authelia server authelia/authelia@2026-08-22 user=? healthcheck=yes
  *: -
outlinewiki/outline server outline/outline@2026-08-22 user=? healthcheck=yes
  *: -
ghcr.io/paperless-ngx/paperless-ngx server paperless-ngx/paperless-ngx@2026-08-08 user=? healthcheck=yes
  *: -
"""

DISTROLESS = "gcr.io/distroless/"
