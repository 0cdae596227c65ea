# For eng/soak: rehearsals of servers that lose a known number. Sourced, never run.
# shellcheck shell=bash

known_loss_classes=(refused unavailable reset truncated serverError timeout nothing)

# So many at a time: starting the test program once for each would take a third of the time.
known_losses_batch=5

# COUNT rehearsals of each class, JOBS batches at a time. Each batch that is done leaves a file with its figures, under the name of what was built: a
# soak that was interrupted goes on where it was, and several may run side by side.
known_losses() { # COUNT JOBS
  local programs=$root/artifacts/bin/Quiesce.Cli.Tests/release class first
  known_losses_folder=$root/artifacts/soak/losses-$(cat "$programs/quiesce.dll" "$programs/Quiesce.Cli.Tests.dll" | sha256sum | cut -c 1-12)
  mkdir -p "$known_losses_folder"
  export known_losses_folder programs
  export -f known_loss
  for ((first = 1; first <= $1; first += known_losses_batch)); do
    for class in "${known_loss_classes[@]}"; do printf '%s %s %s\n' "$class" "$first" "$(known_losses_last "$first" "$1")"; done
  done | xargs -r -P "$2" -L 1 bash -c 'known_loss "$@" || exit 255' known_loss
}

known_losses_last() { # FIRST COUNT
  local last=$(($1 + known_losses_batch - 1))
  printf '%s' $((last < $2 ? last : $2))
}

# One batch, unless it was done before, or another soak is at it. The lock goes with whoever holds it.
known_loss() { # CLASS FIRST LAST
  local file=$known_losses_folder/$1-$2-$3 test
  case $1 in
    refused) test=A_server_that_closes_its_listener_too_early_is_counted_as_the_kernel_counts ;;
    nothing) test=A_server_that_loses_nothing_is_counted_as_losing_nothing ;;
    *) test=A_server_that_loses_requests_at_random_moments_is_counted_exactly ;;
  esac
  (
    flock --nonblock 9 || exit 0
    [ ! -e "$file" ] || exit 0
    rm -f "$file.new"
    QUIESCE_REHEARSALS=$(($3 - $2 + 1)) QUIESCE_LOSS=$1 QUIESCE_RECORD=$file.new "$programs/Quiesce.Cli.Tests" --filter-method "*.KnownLossTests.$test" --no-progress \
      >"$file.log" 2>&1 || { cat "$file.log" >&2; exit 1; }
    [ -s "$file.new" ] || { cat "$file.log" >&2; exit 1; } # Skipped: that is no evidence.
    mv "$file.new" "$file"
    rm -f "$file.log"
  ) 9>"$file.lock"
}

# A line for each class: how many rehearsals there were, and what was lost and counted in all of them.
known_losses_summary() { # COUNT
  local class first file figures
  printf '| lost on purpose | rehearsals | counted exactly | lost in them | counted | requests |\n| --- | ---: | ---: | ---: | ---: | ---: |\n'
  for class in "${known_loss_classes[@]}"; do
    figures=$(for ((first = 1; first <= $1; first += known_losses_batch)); do
      file=$known_losses_folder/$class-$first-$(known_losses_last "$first" "$1")
      [ ! -e "$file" ] || cat "$file"
    done | awk -v class="$class" '{ exact += $1 == $2; lost += $1; counted += $2; requests += $3 }
      END { printf "| %s | %d | %d | %d | %d | %d |\n", class, NR, exact, lost, counted, requests }')
    say "$figures"
    [[ $figures == "| $class | $1 | $1 |"* ]] || fail "not all $1 rehearsals of '$class' are done; another soak is at the others. Run it again when that has ended"
  done
}
