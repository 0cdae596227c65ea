# One rehearsal of Checkout as two services, web and worker, on PostgreSQL and RabbitMQ. Sourced after common.sh.
# shellcheck shell=bash

# rehearse_orders STYLE JSON [OPTION ...]
# ConnectionStrings__Postgres, ConnectionStrings__RabbitMQ and Queue__Name in the environment: a database and a queue that nobody has used.
# RATE: requests a second, else 150. TITLE: else the style. Ends with what is left, which must be nothing, and exit code 5 if it is not.
# In a subshell: its trap removes the data however it ends, and leaves the caller's traps alone.
rehearse_orders() (
  style=$1 json=$2
  shift 2
  data=$(mktemp -d)
  trap 'rm -rf "$data"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  program=(dotnet "$root/artifacts/bin/Checkout/release/Checkout.dll")
  service=("${program[@]}" --data "$data" --store postgres --queue rabbitmq --shutdown "$style")
  ledgers=()
  for ledger in payments confirmations audit; do
    ledgers+=(--ledger-command "$ledger=${program[*]} ledger $ledger --data $data --store postgres")
  done

  verdict=0
  quiesce rehearse --title "${TITLE:-$style}" --balancer kube --endpoint-lag 0.2..2 --rate "${RATE:-150}" --ready /readyz \
    --requests "$root/samples/Checkout/checkout.http" \
    --beside "${service[*]} --role worker --urls http://127.0.0.1:{port}" --settle 30 \
    "${ledgers[@]}" --json "$json" "$@" \
    -- "${service[@]}" || verdict=$?
  say ""
  say "Left behind:"
  "${program[@]}" leftovers || [ "$verdict" -ne 0 ] || verdict=5
  exit "$verdict"
)
