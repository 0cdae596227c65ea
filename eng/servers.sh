# A PostgreSQL and a RabbitMQ of our own, for eng/soak. Sourced after common.sh.
# shellcheck shell=bash

# Whom to end, in this order. A broker first: its port mapper outlives it.
servers=()
rabbitmq_server=/usr/lib/rabbitmq/bin/rabbitmq-server

need_servers() {
  postgres_programs=$(find /usr/lib/postgresql -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -n 1)
  [ -n "$postgres_programs" ] || fail "PostgreSQL is missing; as root: apt-get install postgresql"
  [ -x "$rabbitmq_server" ] || fail "RabbitMQ is missing; as root: apt-get install rabbitmq-server"
}

# Neither runs as root; who is somebody else runs them as himself.
as() { # USER COMMAND ...
  if [ "$(id -u)" -eq 0 ]; then exec setpriv --reuid="$1" --regid="$1" --init-groups "${@:2}"; else exec "${@:2}"; fi
}

owned() { # USER FOLDER
  mkdir -p "$2"
  [ "$(id -u)" -ne 0 ] || chown -R "$1:$1" "$2"
}

# Ports that nobody listens on, all of them held until all are known.
free_ports() { # COUNT
  python3 -c 'import socket, sys
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(s.getsockname()[1] for s in held))' "$1"
}

wait_for() { # WHAT PROCESS LOG TEXT
  local patience=600
  until grep -q "$4" "$3" 2>/dev/null; do
    kill -0 "$2" 2>/dev/null || { tail -n 20 "$3" >&2; fail "$1 did not start; its output is above"; }
    ((patience-- > 0)) || { tail -n 20 "$3" >&2; fail "$1 was not ready after a minute; its output is above"; }
    sleep 0.1
  done
}

start_postgres() { # FOLDER PORT
  owned postgres "$1"
  (as postgres "$postgres_programs/initdb" -D "$1/data" -A trust -U postgres -N --no-locale -E UTF8) >"$1.log" 2>&1 || { cat "$1.log" >&2; fail "initdb failed"; }
  # Without fsync: what is measured ends processes, not machines.
  (as postgres "$postgres_programs/postgres" -D "$1/data" -p "$2" -k "$1" -c listen_addresses=127.0.0.1 -c fsync=off) >>"$1.log" 2>&1 &
  servers+=("INT:$!")
  wait_for PostgreSQL "$!" "$1.log" "ready to accept connections"
}

start_rabbitmq() { # FOLDER PORT DISTRIBUTION_PORT MAPPER_PORT
  owned rabbitmq "$1"
  printf '[].' >"$1/enabled_plugins"
  printf 'disk_free_limit.absolute = 1MB\n' >"$1/rabbitmq.conf"
  epmd -port "$4" -address 127.0.0.1 >"$1.mapper.log" 2>&1 &
  local mapper=$!
  (
    export HOME=$1 RABBITMQ_NODENAME="quiesce$2@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$2 RABBITMQ_DIST_PORT=$3 \
      ERL_EPMD_PORT=$4 ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_MNESIA_BASE=$1/mnesia RABBITMQ_LOG_BASE=$1/log RABBITMQ_CONFIG_FILE=$1/rabbitmq.conf \
      RABBITMQ_GENERATED_CONFIG_DIR=$1/generated RABBITMQ_ENABLED_PLUGINS_FILE=$1/enabled_plugins RABBITMQ_PID_FILE=$1/pid \
      RABBITMQ_CONF_ENV_FILE=/dev/null \
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none'
    as rabbitmq "$rabbitmq_server"
  ) >"$1.log" 2>&1 &
  servers+=("TERM:$!" "TERM:$mapper")
  wait_for RabbitMQ "$!" "$1.log" "completed with"
}

# Starts both, and says where: POSTGRES without a database, RABBITMQ as a URI. Whoever calls it calls stop_servers, however it ends.
start_servers() { # FOLDER
  local ports
  need_servers
  chmod 755 "$1" # their users must get through
  read -ra ports < <(free_ports 4)
  start_postgres "$1/postgres" "${ports[0]}"
  start_rabbitmq "$1/rabbitmq" "${ports[@]:1}"
  POSTGRES="Host=127.0.0.1;Port=${ports[0]};Username=postgres;SSL Mode=Disable"
  RABBITMQ="amqp://127.0.0.1:${ports[1]}/"
  postgres_port=${ports[0]}
}

new_database() { # NAME
  "$postgres_programs/createdb" -h 127.0.0.1 -p "$postgres_port" -U postgres "$1"
}

stop_servers() {
  local server
  for server in "${servers[@]}"; do
    kill -s "${server%%:*}" "${server##*:}" 2>/dev/null || continue
    wait "${server##*:}" 2>/dev/null || true
  done
  servers=()
}
