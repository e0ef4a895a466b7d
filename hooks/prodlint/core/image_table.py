"""What was seen in the sources of base images, checked 2026-11. What is not here is unknown."""

# docker-library/official-images, folder library/, and two names that left it. Its FAQ: official images ship no health check.
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

# system: (tools that it has, tools that it lacks). Alpine and busybox: busybox's applets. Debian and Ubuntu: what
# buildpack-deps, node:slim and python:slim install because the base has none. Distroless: its README.
SYSTEMS = {
    "alpine": ("sh ash wget nc", f"bash curl netcat perl python python3 {_RUNTIMES} {_CLIENTS}"),
    "busybox": ("sh ash wget nc", f"bash curl netcat perl python python3 {_RUNTIMES} {_CLIENTS}"),
    "debian": ("sh bash perl", f"curl wget nc netcat python python3 {_RUNTIMES} {_CLIENTS}"),
    "buildpack": ("sh bash perl curl wget git", f"nc netcat {_RUNTIMES} {_CLIENTS}"),
    "redhat": ("sh bash", _CLIENTS),
    "distroless": ("", f"sh ash bash curl wget nc netcat perl php ruby npm {_CLIENTS}"),
    "scratch": ("", f"sh ash bash curl wget nc netcat perl python python3 {_RUNTIMES} {_CLIENTS}"),
    "-": ("", ""),
}

# The accounts of a system: its users, and the groups that it has beyond theirs. Those of older releases are among them.
ACCOUNTS = {
    "alpine": (
        "root bin daemon adm lp sync shutdown halt mail news uucp operator man postmaster cron ftp sshd at squid xfs games postgres"
        " cyrus vpopmail ntp smmsp guest nobody",
        "sys tty disk mem kmem wheel floppy console audio cdrom dialout input tape video netdev readproc kvm shadow cdrw www-data"
        " usb users nofiles locate abuild utmp ping nogroup",
        "alpinelinux/aports@2026-11",  # main/alpine-baselayout: passwd, group
    ),
    "busybox": (
        "root daemon bin sys sync mail www-data operator nobody",
        "adm tty disk lp kmem wheel cdrom dialout floppy video audio tape utmp plugdev staff lock netdev users nogroup",
        "buildroot/buildroot@2026-11",  # system/skeleton/etc: passwd, group
    ),
    "debian": (
        "root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody _apt ubuntu syslog"
        " libuuid messagebus systemd-timesync systemd-network systemd-resolve systemd-bus-proxy",
        "adm tty disk kmem dialout fax voice cdrom floppy tape sudo audio dip operator src shadow utmp video sasl plugdev staff users"
        " nogroup crontab input kvm render ssh _ssh netdev systemd-journal",
        "endlessm/base-passwd@2026-11",  # passwd.master, group.master
    ),
    "distroless": (
        "root nobody nonroot",
        "tty staff",
        "GoogleContainerTools/distroless@2026-08",  # common/BUILD.bazel
    ),
    "scratch": ("", "", "docker-library/official-images@2026-08"),
}
ACCOUNTS["buildpack"] = ACCOUNTS["debian"]

# An image: its name, kind, source and what else is known; then its variants, of which the first that fits counts: the words
# of a tag that name it (each begins a part between hyphens; * fits all), its system, tools beyond the system's, and what differs.
# user= is who it runs as, root unless said (? is unknown); account= an unprivileged account that it brings, users= its name where
# that is a variable; drops=yes: it starts as root and its entrypoint steps down; env= what its ENV sets that a USER may name;
# healthcheck= for images that are not official.
IMAGES = """
alpine os alpinelinux/docker-alpine
  *: alpine
busybox os docker-library/busybox
  *: busybox
debian os docker-library/buildpack-deps
  *: debian
ubuntu os docker-library/buildpack-deps
  *: debian
centos os CentOS/sig-cloud-instance-images
  *: redhat
amazonlinux os amazonlinux/container-images
  *: redhat curl
oraclelinux os docker-library/mysql
  *: redhat curl
buildpack-deps toolchain docker-library/buildpack-deps
  *: buildpack
gcc toolchain docker-library/gcc
  *: buildpack
golang toolchain docker-library/golang
  alpine: alpine go
  *: buildpack go
rust toolchain rust-lang/docker-rust
  alpine: alpine
  slim: debian
  *: buildpack
haskell toolchain haskell/docker-haskell
  *: debian curl git
elixir runtime erlef/docker-elixir
  alpine: alpine
  slim: debian
  *: buildpack
erlang runtime erlang/docker-erlang-otp
  alpine: alpine
  slim: debian
  *: buildpack
node runtime nodejs/docker-node account=node
  alpine: alpine node npm
  slim: debian node npm
  *: buildpack node npm python3
python runtime docker-library/python
  alpine: alpine python python3
  slim: debian python python3
  *: buildpack python python3
ruby runtime docker-library/ruby
  alpine: alpine ruby
  slim: debian ruby
  *: buildpack ruby python3
php runtime docker-library/php account=www-data
  fpm alpine: alpine php curl kind=server
  alpine: alpine php curl
  fpm: debian php curl kind=server
  apache: debian php curl kind=server
  *: debian php curl
wordpress server docker-library/wordpress account=www-data
  cli: alpine php curl bash kind=runtime user=www-data
  alpine: alpine php curl bash
  *: debian php curl
composer toolchain composer/docker
  *: alpine php curl bash git
openjdk toolchain docker-library/openjdk
  alpine: alpine java
  slim: debian java
  oracle: redhat java
  buster: buildpack java
  bullseye: buildpack java
  bookworm: buildpack java
  trixie: buildpack java
  *: - java sh
eclipse-temurin toolchain adoptium/containers
  jre alpine: alpine java kind=runtime
  alpine: alpine java
  jre ubi: redhat java wget kind=runtime
  ubi: redhat java wget
  jre centos: redhat java kind=runtime
  centos: redhat java
  jre: debian java curl wget kind=runtime
  *: debian java curl wget
amazoncorretto toolchain corretto/corretto-docker
  alpine: alpine java
  debian: debian java
  *: redhat java curl
maven toolchain carlossg/docker-maven
  eclipse temurin alpine: alpine java bash curl
  alpine: alpine java bash
  amazoncorretto debian: debian java
  amazoncorretto: redhat java curl
  eclipse temurin: debian java curl wget
  *: - java sh
gradle toolchain keeganwitt/docker-gradle account=gradle
  alpine: alpine java curl
  corretto: redhat java curl wget
  ubi: redhat java curl wget
  *: debian java curl wget
tomcat server docker-library/tomcat
  temurin: debian java curl wget
  alpine: alpine java
  *: - java sh bash
nginx server nginx/docker-nginx account=nginx
  alpine slim: alpine
  alpine: alpine curl
  *: debian curl
nginxinc/nginx-unprivileged server nginx/docker-nginx-unprivileged user=101 healthcheck=no
  alpine slim: alpine
  alpine: alpine curl
  *: debian curl
httpd server docker-library/httpd account=www-data
  alpine: alpine
  *: debian
caddy server caddyserver/caddy-docker
  builder: alpine curl go kind=toolchain
  *: alpine curl
traefik server traefik/traefik-library-image
  *: alpine
haproxy server docker-library/haproxy user=haproxy
  1.: - user=?
  2.0: - user=?
  2.1: - user=?
  2.2: - user=?
  2.3: - user=?
  alpine: alpine
  *: debian
memcached database docker-library/memcached user=memcache
  alpine: alpine
  *: debian
postgres database docker-library/postgres account=postgres drops=yes
  alpine: alpine pg_isready psql bash
  *: debian pg_isready psql
redis database docker-library/redis account=redis drops=yes
  alpine: alpine redis-cli
  *: debian redis-cli
mysql database docker-library/mysql account=mysql drops=yes
  debian: debian mysql mysqladmin
  *: redhat curl mysql mysqladmin
mariadb database MariaDB/mariadb-docker account=mysql drops=yes
  ubi: redhat curl mariadb-admin
  10: debian mariadb-admin mysql mysqladmin
  5: debian mysql mysqladmin
  *: debian mariadb-admin
mongo database docker-library/mongo account=mongodb drops=yes
  3: debian mongo
  4: debian mongo
  5: debian mongo mongosh
  *: debian mongosh
rabbitmq server docker-library/rabbitmq account=rabbitmq drops=yes
  alpine: alpine bash rabbitmq-diagnostics
  management: - sh bash rabbitmq-diagnostics
  *: debian rabbitmq-diagnostics
oven/bun runtime oven-sh/bun account=bun healthcheck=no
  distroless: - bun
  alpine: alpine bun node
  *: debian bun node
denoland/deno runtime denoland/deno_docker account=deno healthcheck=no
  bin: scratch
  distroless: distroless deno
  alpine: alpine deno
  *: debian deno
mcr.microsoft.com/dotnet/sdk toolchain dotnet/dotnet-docker account=$APP_UID users=app env=APP_UID=1654 healthcheck=no
  alpine: alpine curl
  azurelinux: redhat curl
  cbl: redhat curl
  *: debian curl wget
mcr.microsoft.com/dotnet/aspnet runtime dotnet/dotnet-docker account=$APP_UID users=app env=APP_UID=1654 healthcheck=no
  chiseled: distroless user=1654
  distroless: distroless user=1654
  alpine: alpine
  azurelinux: redhat
  cbl: redhat
  *: debian
mcr.microsoft.com/dotnet/runtime runtime dotnet/dotnet-docker account=$APP_UID users=app env=APP_UID=1654 healthcheck=no
  chiseled: distroless user=1654
  distroless: distroless user=1654
  alpine: alpine
  azurelinux: redhat
  cbl: redhat
  *: debian
mcr.microsoft.com/dotnet/runtime-deps runtime dotnet/dotnet-docker account=$APP_UID users=app env=APP_UID=1654 healthcheck=no
  chiseled: distroless user=1654
  distroless: distroless user=1654
  alpine: alpine
  azurelinux: redhat
  cbl: redhat
  *: debian
quay.io/keycloak/keycloak server keycloak/keycloak user=1000 healthcheck=no
  *: - sh bash java
prom/prometheus server prometheus/prometheus user=nobody healthcheck=no
  *: busybox
quay.io/prometheus/prometheus server prometheus/prometheus user=nobody healthcheck=no
  *: busybox
authelia/authelia server authelia/authelia user=? healthcheck=yes
  *: -
outlinewiki/outline server outline/outline user=? healthcheck=yes
  *: -
ghcr.io/paperless-ngx/paperless-ngx server paperless-ngx/paperless-ngx user=? healthcheck=yes
  *: -
"""

# GoogleContainerTools/distroless, README: NAME-debianN, tags latest, nonroot, debug, debug-nonroot.
DISTROLESS = "gcr.io/distroless/"
