# Sourced by bench/numbers, wants what numbers-table.sh has: what one stranger costs the others (docs/performance.md, "What strangers can do"), with a former server and
# this one in turn. Wants $load, $results, $out, $root, $runs, $old (a parley-server, or a revision of git that is built once) and
# $attacks (which; all where it is empty).

# ATTACK@MUST BE: the name of a step of "flood", and what issue 11 asks for.
strangers=(
    "read@p99 below 50 ms"
    "user-list-3@p99 below 100 ms"
    "user-list-10@p99 below 100 ms"
    "conversations-12000@they get in"
    "conversations-50000@they get in below 1 s"
    "online-of-17500@everybody gets in below 1 s"
    "online-of-200000@the same, with 50,000 conversations, too"
    "arrivals@bounded memory for each that arrives"
    "registrations@logins below 2 s"
    "wrong-passwords@known addresses and tokens not held up, others below 5 s"
    "name@the owner gets in from a known address"
    "channel-create@10 an hour; others can go on"
    "channel-list@p99 below 50 ms"
    "early-frames@4 KiB for each before the login"
    "half-frames@closed by a deadline"
    "pages@a bound over all"
    "writes@users in turn"
    "accounts-200@"
    "accounts-200000@start 0.2 s; a login as with 200"
    "all@p99 below 100 ms, nothing lost, below 300 MB"
    "all-tls@the same"
)

# Sets $old to an executable: it is one, or a revision that is checked out and published.
build_old() {
    local revision
    if [ -f "$old" ]; then old=$(readlink -f "$old"); return 0; fi
    revision=$(git -C "$root" rev-parse --verify --quiet "$old^{commit}") || { echo "--old $old: neither a file nor a revision." >&2; return 1; }
    old=$out/server-$revision/parley-server
    [ ! -f "$old" ] || return 0
    echo "Building the server of $revision ..." >&2
    git -C "$root" worktree add --quiet --detach "$folder/old" "$revision"
    dotnet publish -c Release -v quiet --nologo -clp:NoSummary -o "${old%/*}" "$folder/old/src/Parley.Server" >&2
    git -C "$root" worktree remove --force "$folder/old"
}

# A run in which something was lost is what is looked for here, and is kept.
keep_stranger() { # ATTACK SERVER RUN PROGRAM
    local row=strangers-$1 line attack=$1 tls=()
    ! is_kept "$row" "$2" "$3" || return 0
    if [ "$attack" = all-tls ]; then attack=all tls=(--tls); fi
    echo "== $row, $2, run $3" >&2
    line=$(timeout --kill-after=10 320 "$load" flood "$attack" "${tls[@]}" --server "$4" --data "$out/data" 2>"$folder/load.err" | tail -n 1) || true
    if [[ $line == "{"* ]]; then
        echo "{\"row\":\"$row\",\"server\":\"$2\",\"run\":$3,${line#\{}" | tee -a "$results" >&2
    else
        # A server under which the load program itself cannot go on: its words for it are the finding.
        line=$(grep "^$attack: " "$folder/load.err" | sed 1d | tail -n 1 | tr -d '"\\\\')
        if [ -n "$line" ]; then echo "{\"row\":\"$row\",\"server\":\"$2\",\"run\":$3,\"failed\":\"${line#*: }\"}" | tee -a "$results" >&2; fi
        tail -n 5 "$folder/load.err" >&2
    fi
}

run_strangers() {
    local run entry
    [ -n "$old" ] || { echo "strangers: say --old PATH or --old REVISION: the server to compare with." >&2; return 1; }
    for run in $(seq "$runs"); do
        for entry in "${strangers[@]}"; do
            [[ -z $attacks || " $attacks " == *" ${entry%%@*} "* ]] || continue
            keep_stranger "${entry%%@*}" old "$run" "$old"
            keep_stranger "${entry%%@*}" new "$run" "$server"
        done
    done
}

mid() { # ROW SERVER FIGURE [DIVISOR]: the median alone
    local text
    text=$(of "$@")
    echo "${text%% *}"
}

most() { # ROW SERVER FIGURE: of all runs
    values "$@" | sort -g | tail -n 1
}

word() { # ROW SERVER FIGURE: of the last run
    sed -n "s/^{\"row\":\"$1\",\"server\":\"$2\",.*\"$3\":\(\"[^\"]*\"\|[a-z]*\)[,}].*/\1/p" "$results" | tail -n 1
}

particulars() { # ATTACK ROW SERVER
    local of=("$2" "$3")
    case $1 in
        conversations-* | online-*)
            [[ $1 != online-* ]] || echo -n "$(mid "${of[@]}" attack_online) in after $(mid "${of[@]}" attack_entering_s) s; "
            echo -n "the login of one with many conversations p50 $(mid "${of[@]}" attack_login_popular_p50_ms) ms, "
            echo "not in $(most "${of[@]}" attack_login_popular_not_in) of $(most "${of[@]}" attack_login_popular_tries)" ;;
        arrivals) echo "$(mid "${of[@]}" attack_arrived) of $(mid "${of[@]}" attack_of) in, all after $(mid "${of[@]}" attack_all_arrived_s) s" ;;
        name)
            echo -n "owner refused $(most "${of[@]}" login_known_refused) of $(most "${of[@]}" login_known_tries); "
            echo "password changed: $(word "${of[@]}" attack_password_changed)" ;;
        channel-create) echo "$(mid "${of[@]}" attack_answers) channels; another may make one: $(word "${of[@]}" attack_another_may_create)" ;;
        early-frames | half-frames) echo "open at the end $(mid "${of[@]}" attack_open_at_the_end)" ;;
        accounts-*) echo "start $(mid "${of[@]}" start_ms) ms; one login p50 $(mid "${of[@]}" attack_login_one_p50_ms) ms" ;;
    esac
}

strangers_table() {
    local entry attack name row
    echo "| attack | must be | server | say to ack p50 / p99 / longest, ms | say to seen p99, ms | lost, doubled | login, longest, ms: known / new address / token | memory before, most, MB | attackers: answers / refusals / closings | |"
    echo "|---|---|---|---|---|---|---|---|---|---|"
    for entry in "${strangers[@]}"; do
        attack=${entry%%@*} row=strangers-$attack
        for name in old new; do
            grep -q "^{\"row\":\"$row\",\"server\":\"$name\"," "$results" || continue
            if [ -z "$(values "$row" $name say_to_ack_p50_ms)" ]; then
                echo "| $attack | ${entry#*@} | $name | nobody could go on: $(word "$row" $name failed) | | | | | | |"
                continue
            fi
            echo "| $attack | ${entry#*@} | $name | $(mid "$row" $name say_to_ack_p50_ms) / $(mid "$row" $name say_to_ack_p99_ms) / $(mid "$row" $name say_to_ack_max_ms)" \
                "| $(mid "$row" $name say_to_seen_p99_ms) | $(most "$row" $name lost), $(most "$row" $name doubled)" \
                "| $(mid "$row" $name login_known_max_ms) / $(mid "$row" $name login_new_max_ms) / $(mid "$row" $name login_token_max_ms)" \
                "| $(mid "$row" $name rss_before_mb), $(mid "$row" $name rss_peak_mb)$([ "$(most "$row" $name ended_for_its_memory)" = 0 ] || echo " (ended)")" \
                "| $(mid "$row" $name attack_answers) / $(mid "$row" $name attack_refusals) / $(mid "$row" $name attack_closings) | $(particulars "$attack" "$row" $name) |"
        done
    done
}

# Puts the table where docs/performance.md has a place for it.
write_strangers() {
    local page=$root/docs/performance.md
    strangers_table >"$folder/strangers.md"
    awk -v table="$folder/strangers.md" '
        /<!-- strangers: end -->/ { inside = 0 }
        !inside { print }
        /<!-- strangers: begin -->/ { inside = 1; while ((getline line < table) > 0) print line }' "$page" >"$folder/performance.md"
    cat "$folder/performance.md" >"$page"
}
