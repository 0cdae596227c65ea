# One rehearsal of Checkout, for demo and soak. Sourced after common.sh.
# shellcheck shell=bash

# rehearse_checkout STYLE BALANCER JSON [OPTION ...]
rehearse_checkout() {
  local style=$1 balancer=$2 json=$3 data status=0
  shift 3
  data=$(mktemp -d)
  local checkout=(dotnet "$root/artifacts/bin/Checkout/release/Checkout.dll")
  local lag=()
  [ "$balancer" = kube ] && lag=(--endpoint-lag 0.2..2)
  quiesce rehearse --title "$style" --balancer "$balancer" "${lag[@]}" --rate 150 --ready /readyz \
    --requests "$root/samples/Checkout/checkout.http" \
    --ledger-command "orders=${checkout[*]} ledger orders --data $data" \
    --ledger-command "confirmations=${checkout[*]} ledger confirmations --data $data" \
    --ledger-command "audit=${checkout[*]} ledger audit --data $data" \
    --json "$json" "$@" \
    -- "${checkout[@]}" --data "$data" --shutdown "$style" || status=$?
  rm -rf "$data"
  return "$status"
}
