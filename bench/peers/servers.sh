# Sourced by bench/peers/peers and bench/numbers: starts what is measured, one at a time, and ends it. Wants $root, $load and $folder (a temporary one).
# After start_server NAME: $peer is its process, ${target[@]} are the load program's arguments for it.
peer=
target=()

stop_server() {
    [ -n "$peer" ] || return 0
    kill "$peer" 2>/dev/null || true
    wait "$peer" 2>/dev/null || true
    peer=
}

need_peers() {
    PATH=$PATH:/usr/sbin
    command -v ngircd >/dev/null && command -v inspircd >/dev/null && command -v openssl >/dev/null && return 0
    [ "$(id -u)" = 0 ] || { echo "Install the peers first: sudo apt-get install ngircd inspircd openssl" >&2; return 1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ngircd inspircd openssl >&2
}

await_port() { # PORT: until something listens there, ten seconds at the most
    local i
    for i in $(seq 100); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
        sleep 0.1
    done
    echo "Nothing listens on port $1." >&2
    cat "$folder"/*.out >&2
    return 1
}

await_line() { # FILE: until the server has written its port there; sets $port
    local i
    for i in $(seq 100); do
        port=$(sed -n "s/^Listening on 127.0.0.1:\([0-9]*\).*/\1/p" "$1" 2>/dev/null) || true # the file may not be there yet
        [ -z "$port" ] || return 0
        sleep 0.1
    done
    echo "It does not listen:" >&2
    cat "$1" >&2
    return 1
}

make_certificate() { # the kind that Parley makes itself
    [ ! -e "$folder/cert.pem" ] || return 0
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout "$folder/key.pem" -out "$folder/cert.pem" 2>/dev/null
}

start_inspircd() { # PORT PROFILE: the second is empty without TLS
    sed "s#@PORT@#$1#; s#@FOLDER@#$folder#g; s#@PROFILE@#${2:+ sslprofile=\"$2\"}#" "$root/bench/peers/inspircd.conf" >"$folder/inspircd.conf"
    if [ -n "$2" ]; then
        make_certificate
        sed "s#@FOLDER@#$folder#g" "$root/bench/peers/inspircd-tls.conf" >>"$folder/inspircd.conf"
    fi
    # From the temporary folder: with TLS 3.15 dumps core where it is when it is ended.
    (cd "$folder" && exec inspircd --nofork --runasroot --config "$folder/inspircd.conf" >"$folder/inspircd.out" 2>&1) &
    peer=$!
    await_port "$1"
    target=(--target "127.0.0.1:$1" --server-pid "$peer" --dialect Irc ${2:+--tls})
}

start_floor() { # [--tls]
    local port
    "$load" floor "$@" >"$folder/floor.out" &
    peer=$!
    await_line "$folder/floor.out"
    target=(--target "127.0.0.1:$port" --server-pid "$peer" "$@")
}

start_server() { # floor | floor-tls | inspircd | inspircd-tls | ngircd
    local port
    case $1 in
        floor) start_floor ;;
        floor-tls) start_floor --tls ;;
        inspircd) start_inspircd 16667 "" ;;
        inspircd-tls) start_inspircd 16669 peer ;;
        ngircd)
            port=16668
            sed "s#@PORT@#$port#" "$root/bench/peers/ngircd.conf" >"$folder/ngircd.conf"
            chmod 755 "$folder"
            ngircd --nodaemon --config "$folder/ngircd.conf" >"$folder/ngircd.out" 2>&1 &
            peer=$!
            await_port $port
            target=(--target 127.0.0.1:$port --server-pid "$peer" --dialect Irc) ;;
    esac
}
