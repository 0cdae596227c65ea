# Checkout and its rivals behind every balancer, for eng/soak. Sourced after rehearse-checkout.sh.
# shellcheck shell=bash

# One rehearsal, its last lines shown and its result kept. No verdict is an outcome of its own, in the table; anything else ends it all.
rehearsed() { # NAME COMMAND ...
  local name=$1
  say "$(date +%H:%M:%S) $name"
  "${@:2}" </dev/null >"$results/$name.log" 2>&1 || [ $? -eq 1 ] || [ $? -eq 4 ] || { tail -n 30 "$results/$name.log" >&2; fail "$name could not be rehearsed"; }
  grep -E '^(Requests:|Unsafe:|Verdict:)' "$results/$name.log" || true
}

rehearse_rival() { # NAME BALANCER JSON [OPTION ...]
  quiesce rehearse --title "$1" --balancer "$2" --rate 200 --ready /readyz --requests "$root/samples/Checkout/checkout.http" \
    --json "$3" "${@:4}" -- "$root/eng/programs/start" "$1"
}

need_rivals() {
  local program
  for program in haproxy:haproxy nginx:nginx-light node:nodejs go:golang-go gunicorn:gunicorn; do
    command -v "${program%%:*}" >/dev/null || [ -x "/usr/sbin/${program%%:*}" ] || fail "${program%%:*} is missing; as root: apt-get install ${program##*:}"
  done
  /usr/bin/python3 -c 'import uvicorn, starlette' 2>/dev/null || fail "Uvicorn is missing; as root: apt-get install python3-uvicorn python3-starlette"
  PORT=1 "$root/eng/programs/start" build
}

# rehearse_balancers COUNT SEED: Checkout with Quiesce COUNT times each, everything else three times; besides, with orders alone as the others have them
# a tenth as often, and where a good part of the connections is silent for as long as the announce takes.
rehearse_balancers() {
  local count=$1 seed=$2 balancer delay style rival files=()
  local few=$((count < 30 ? 3 : count / 10))
  need_rivals
  while read -r balancer delay; do
    local options=(--network-delay "$delay" --steady 0.5 --seed "$seed") mix=checkout-mixed.http
    # Alone there is nowhere to go while the one instance is away: streams would only be refused.
    [ "$balancer" = none ] && mix=checkout.http
    for style in quiesce stock delay; do
      local times=3 name=$balancer-$delay-$style
      [ "$style" = quiesce ] && times=$count
      MIX=$mix RATE=200 rehearsed "$name" rehearse_checkout "$style" "$balancer" "$results/$name.json" --deployments "$times" "${options[@]}"
      files+=("$results/$name.json")
    done
    if [ "$balancer" = none ]; then
      name=$balancer-$delay-silent
      TITLE="quiesce, silent" RATE=50 rehearsed "$name" rehearse_checkout quiesce none "$results/$name.json" --deployments "$few" "${options[@]}" \
        --connections 100 --fresh-share 0
      files+=("$results/$name.json")
    else
      for style in quiesce delay; do
        local times=3 name=$balancer-$delay-$style-orders
        [ "$style" = quiesce ] && times=$few
        TITLE="$style, orders" RATE=200 rehearsed "$name" rehearse_checkout "$style" "$balancer" "$results/$name.json" --deployments "$times" "${options[@]}"
        files+=("$results/$name.json")
      done
    fi
    for rival in uvicorn gunicorn node go; do
      name=$balancer-$delay-$rival
      rehearsed "$name" rehearse_rival "$rival" "$balancer" "$results/$name.json" --deployments 3 "${options[@]}"
      files+=("$results/$name.json")
    done
  done <<'BALANCERS'
kube 0ms
haproxy 0ms
nginx 0ms
none 20ms
BALANCERS
  COLUMNS=180 quiesce compare "${files[@]}" >"$results/output" || [ $? -eq 1 ]
}
