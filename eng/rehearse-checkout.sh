# One rehearsal of Checkout, for demo and soak. Sourced after common.sh.
# shellcheck shell=bash

# rehearse_checkout STYLE BALANCER JSON [OPTION ...]
# MIX=checkout-mixed.http: every kind of connection, else orders alone. RATE: requests a second, else 150. TITLE: what the result is called, else STYLE.
# In a subshell: its trap removes the data however it ends, and leaves the caller's traps alone.
rehearse_checkout() (
  style=$1 balancer=$2 json=$3
  shift 3
  data=$(mktemp -d)
  trap 'rm -rf "$data"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  checkout=(dotnet "$root/artifacts/bin/Checkout/release/Checkout.dll")
  # The mix has requests of HTTP/2, which without TLS needs a listener of its own.
  [ "${MIX:-}" = checkout-mixed.http ] && http2=(--http2-port '{http2-port}') || http2=()
  lag=()
  [ "$balancer" = kube ] || [ "$balancer" = nginx ] && lag=(--endpoint-lag 0.2..2)
  quiesce rehearse --title "${TITLE:-$style}" --balancer "$balancer" "${lag[@]}" --rate "${RATE:-150}" --ready /readyz \
    --requests "$root/samples/Checkout/${MIX:-checkout.http}" \
    --ledger-command "orders=${checkout[*]} ledger orders --data $data" \
    --ledger-command "confirmations=${checkout[*]} ledger confirmations --data $data" \
    --ledger-command "audit=${checkout[*]} ledger audit --data $data" \
    --json "$json" "$@" \
    -- "${checkout[@]}" --data "$data" --shutdown "$style" "${http2[@]}"
)
