# Sourced by bench/numbers: prints what $results holds as two Markdown tables.

values() { # ROW SERVER FIGURE: a line a run
    sed -n "s/^{\"row\":\"$1\",\"server\":\"$2\",.*\"$3\":\([-0-9.]*\).*/\1/p" "$results"
}

ratios() { # ROW FIGURE SERVER BASE: of the same runs
    awk -v row="$1" -v figure="$2" -v one="$3" -v base="$4" '
        index($0, "{\"row\":\"" row "\",") == 1 && match($0, "\"" figure "\":[-0-9.]+") {
            value = substr($0, RSTART, RLENGTH); sub(/.*:/, "", value)
            match($0, /"run":[0-9]+/); run = substr($0, RSTART, RLENGTH)
            if (index($0, "\"server\":\"" one "\"")) mine[run] = value
            if (index($0, "\"server\":\"" base "\"")) theirs[run] = value
        }
        END { for (run in mine) if (theirs[run] > 0) print mine[run] / theirs[run] }' "$results"
}

# Median and range of the lines that come in, each divided by DIVISOR.
summary() { # [DIVISOR]
    sort -g | awk -v by="${1:-1}" '
        function text(x) { return x >= 100 ? sprintf("%.0f", x) : x >= 10 ? sprintf("%.1f", x) : sprintf("%.2f", x) }
        { v[NR] = $1 / by }
        END {
            if (NR == 0) { print "-"; exit }
            m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
            if (NR == 1) print text(m) " (once)"; else print text(m) " [" text(v[1]) " to " text(v[NR]) "]"
        }'
}

of() { values "$1" "$2" "$3" | summary "${4:-1}"; }

line() { echo "| $1 | $2 | $3 | $4 | \`bench/numbers $5\` |"; } # WHAT GOAL BEYOND MEASURED ROW


own_table() {
    echo "| what | to reach | beyond | measured: median [range] | command |"
    echo "|---|---|---|---|---|"
    line "over TLS, as a server starts: CPU us a delivery, 200 members, 80 messages/s" "InspIRCd's" "" "$(of room-tls parley server_cpu_us_per_delivery)" room-tls
    line "the same beside InspIRCd with GnuTLS" "1 x" "" "$(ratios room-tls server_cpu_us_per_delivery parley inspircd-tls | summary) x" room-tls
    line "TLS: say to seen at that load, p99 ms" "1.5 x plain" "" "$(of room-tls parley say_to_seen_p99_ms)" room-tls
    line "TLS: with 1,000 members, p99 ms" "" "" "$(of large-tls parley say_to_seen_p99_ms)" large-tls
    line "TLS: a private channel beside a public one, CPU a delivery" "1.3 x" "" "$(of private-tls parley private_beside_public) x" private-tls
    line "TLS: to all beside it, CPU a delivery beside the same without it" "1 x" "" "$(of private-tls parley all_beside_all_before) x" private-tls
    line "TLS: fan-out at saturation, 1,000 members: million deliveries/s" "2 x InspIRCd" "" "$(of saturate-tls parley deliveries_per_s 1e6)" saturate-tls
    line "the same beside InspIRCd with GnuTLS" "2 x" "" "$(ratios saturate-tls deliveries_per_s parley inspircd-tls | summary) x" saturate-tls
    line "TLS: stored, synced and acknowledged, 64 in flight, a second" "" "" "$(of store-tls parley acknowledged_per_s)" store-tls
    line "TLS: an idle connection, 1,000 to 10,000, KB" 50 35 "$(of idle-tls parley kb_per_connection)" idle-tls
    line "fan-out at saturation, 1,000 members, p99 under 250 ms: million deliveries/s" "2 x InspIRCd" 5 "$(of saturate parley deliveries_per_s 1e6)" saturate
    line "the same beside InspIRCd" "2 x" "" "$(ratios saturate deliveries_per_s parley inspircd | summary) x" saturate
    line "CPU us a delivery, 200 members, 80 messages/s" "InspIRCd's" 7.5 "$(of room parley server_cpu_us_per_delivery)" room
    line "the same beside InspIRCd" "1 x" "" "$(ratios room server_cpu_us_per_delivery parley inspircd | summary) x" room
    line "say to seen at that load, p99 ms" 7 5 "$(of room parley say_to_seen_p99_ms)" room
    line "with 1,000 members, p99 ms" 25 15 "$(of large parley say_to_seen_p99_ms)" large
    line "a private channel, 1,000 of 2,000 members see it: CPU a delivery beside a public one with 1,000" "1.3 x" "" "$(of private parley private_beside_public) x" private
    line "to all 2,000 beside it: CPU a delivery beside the same without it" "1 x" "" "$(of private parley all_beside_all_before) x" private
    line "stored, synced and acknowledged, 64 in flight, a second" 40,000 80,000 "$(of store parley acknowledged_per_s)" store
    line "one alone, p99 ms" 2 0.7 "$(of store parley alone_p99_ms)" store
    line "an idle connection, 1,000 to 10,000, KB" 5 3 "$(of idle parley kb_per_connection)" idle
    line "server, native: start to listening, ms" 100 20 "$(of start native listening_ms)" start
    line "its memory at rest, MB" 50 15 "$(of start native rss_mb)" start
    line "server, built assembly: start to listening, ms" 100 "" "$(of start built listening_ms)" start
    line "its memory at rest, MB" 50 "" "$(of start built rss_mb)" start
    line "come back by token, a second" 5,000 20,000 "$(of login parley tokens_per_s)" login
    line "200 logins by password at once: say to seen meanwhile, longest ms" "50 more than in quiet" "" "$(of login parley say_to_seen_under_passwords_max_ms); in quiet $(of login parley say_to_seen_quiet_max_ms)" login
    line "a page of history in 1,000,000 messages, p99 ms" 5 2 "$(of history parley page_p99_ms)" history
    line "a conversation said again: acknowledged/s" "" "" "$(of replay parley acknowledged_per_s); lost $(of replay parley lost), doubled $(of replay parley doubled), out of order $(of replay parley out_of_order)" replay
    echo
}

peers_table() { # SUFFIX: "" or -tls
    local name
    echo "| server | CPU us a delivery, 200 members, 80/s | beside InspIRCd | p99 ms, 200 | p99 ms, 1,000 | most million deliveries/s, 1,000 members | beside InspIRCd | RSS MB then |"
    echo "|---|---|---|---|---|---|---|---|"
    for name in "floor$1" "inspircd$1" ngircd parley; do
        [ "$name$1" != ngircd-tls ] || continue # Only the faster of the two is measured over TLS.
        echo "| $name | $(of "room$1" $name server_cpu_us_per_delivery) | $(ratios "room$1" server_cpu_us_per_delivery $name "inspircd$1" | summary)" \
            "| $(of "room$1" $name say_to_seen_p99_ms) | $(of "large$1" $name say_to_seen_p99_ms) | $(of "saturate$1" $name deliveries_per_s 1e6)" \
            "| $(ratios "saturate$1" deliveries_per_s $name "inspircd$1" | summary) | $(of "saturate$1" $name server_rss_mb) |"
    done
}

# ROW FIGURE: what a row is compared by, the more the better or, with a minus, the less.
compared=(
    "start -listening_ms" "start -rss_mb"
    "room -server_cpu_us_per_delivery" "room -say_to_seen_p99_ms" "large -server_cpu_us_per_delivery" "large -say_to_seen_p99_ms"
    "saturate deliveries_per_s" "store acknowledged_per_s" "store -alone_p50_ms" "login tokens_per_s" "login -say_to_seen_under_passwords_max_ms"
    "history -page_p99_ms" "idle -kb_per_connection" "replay acknowledged_per_s"
    "room-tls -server_cpu_us_per_delivery" "room-tls -say_to_seen_p99_ms" "large-tls -server_cpu_us_per_delivery" "large-tls -say_to_seen_p99_ms"
    "saturate-tls deliveries_per_s" "store-tls acknowledged_per_s" "store-tls -alone_p50_ms" "idle-tls -kb_per_connection"
)

old_table() {
    local entry row figure
    echo "| row | figure | former | now | now / former of the same runs |"
    echo "|---|---|---|---|---|"
    for entry in "${compared[@]}"; do
        row=${entry% *} figure=${entry#* }
        [ -n "$(values "$row" old "${figure#-}")" ] || continue
        echo "| $row | ${figure#-} ($([ "${figure:0:1}" = - ] && echo less || echo more) is better) | $(of "$row" old "${figure#-}") | $(of "$row" new "${figure#-}")" \
            "| $(ratios "$row" "${figure#-}" new old | summary) |"
    done
}

if [ -n "${old:-}" ] && [ "${peers_only:-no}" != none ]; then old_table; return 0; fi
[ "${peers_only:-no}" != none ] || return 0 # only what is defined above is wanted
[ "${peers_only:-no}" = yes ] || own_table
echo "Over TLS:"
echo
peers_table -tls
echo
echo "Plain:"
echo
peers_table ""
