# One rehearsal of Checkout as two services, web and worker, on PostgreSQL and RabbitMQ. Sourced after common.sh.
# shellcheck shell=bash

# rehearse_orders STYLE JSON [OPTION ...]
# ConnectionStrings__Postgres, ConnectionStrings__RabbitMQ and Queue__Name in the environment: a database and a queue that nobody has used.
# RATE: requests a second, else 150. TITLE: else the style. SEEN: a folder for each instance's log and report, which order_figures reads. Ends with what is left, which must be nothing, and exit code 5 if it is not.
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

  seen=()
  if [ -n "${SEEN:-}" ]; then
    seen=(--log "$SEEN" --env "QUIESCE_REPORT_FILE=$SEEN/{pid}.json" --env Logging__Console__FormatterName=simple --env Logging__Console__FormatterOptions__SingleLine=true
      --env "Logging__Console__FormatterOptions__TimestampFormat=yyyy-MM-ddTHH:mm:ss.fff ")
  fi

  verdict=0
  quiesce rehearse --title "${TITLE:-$style}" --balancer kube --endpoint-lag 0.2..2 --rate "${RATE:-150}" --ready /readyz \
    --requests "$root/samples/Checkout/checkout.http" \
    --beside "${service[*]} --role worker --urls http://127.0.0.1:{port}" --settle 30 \
    "${ledgers[@]}" "${seen[@]}" --json "$json" "$@" \
    -- "${service[@]}" || verdict=$?
  say ""
  say "Left behind:"
  "${program[@]}" leftovers || [ "$verdict" -ne 0 ] || verdict=5
  exit "$verdict"
)

# order_figures FOLDER: how long nobody led the outbox when one leader left for another, and how many messages were delivered again.
order_figures() {
  python3 - "$1" <<'FIGURES'
import glob, json, re, statistics, sys
from datetime import datetime, timedelta

leads, ends, again = [], [], 0
for log in glob.glob(sys.argv[1] + "/*.log"):
    for line in open(log, errors="replace"):
        if found := re.match(r"(\S+) .*'outbox relay': this instance (leads|does not lead any more)", line):
            (leads if found[2] == "leads" else ends).append(datetime.fromisoformat(found[1]))
        again += "was delivered again; its payment had been taken" in line
# Who leaves says so when it is over: the next one may have said that it leads a moment before.
skew = timedelta(milliseconds=500)
gaps = [max(0, (min(later) - end).total_seconds() * 1000) for end in sorted(ends) if (later := [lead for lead in leads if lead > end - skew])]
if gaps:
    print(f"{len(gaps):7} changes of the leader; nobody led for {statistics.median(gaps):.0f} ms in the median, {max(gaps):.0f} ms at most")
notes = [note for report in glob.glob(sys.argv[1] + "/*.json") for part in json.load(open(report))["participants"] for note in part.get("notes", [])]
count = lambda what: sum(int(note.split()[0].replace(",", "")) for text in notes for note in text.split(", ") if note.endswith(what))
print(f"{count(' handed back'):7} messages handed back undone at a stop, {count(' had been delivered before')} delivered for the second time, {again} of them were already paid")
FIGURES
}
