# Sourced by ./run and ./test: what they need from Debian's and Ubuntu's packages.
# Says what is missing and installs it where it may (root); else it names the one command that does.

have_command() { command -v "$1" >/dev/null 2>&1; }

have_any_command() {
    local name
    for name in "$@"; do
        have_command "$name" && return 0
    done
    return 1
}

have_browser() { have_any_command chromium chromium-browser google-chrome google-chrome-stable microsoft-edge microsoft-edge-stable; }

# Not grep -q: it leaves at the first hit, ldconfig dies of the closed pipe, and under pipefail what is there counts as missing.
have_library() { { ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null | grep -F "$1" >/dev/null; }

# install_packages PACKAGE...: true where they are installed afterwards.
install_packages() {
    if ! have_command apt-get; then
        echo "Missing here: $* (these are the names of the Debian packages)." >&2
        return 1
    fi
    if [ "$(id -u)" != 0 ]; then
        echo "Missing here: $*. This installs them:" >&2
        echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*" >&2
        return 1
    fi
    echo "Installing $* ..." >&2
    local log
    log=$(mktemp)
    if DEBIAN_FRONTEND=noninteractive apt-get update >"$log" 2>&1 \
        && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
}

need_dotnet() {
    if ! have_command dotnet; then
        echo "The .NET 10 SDK is needed, and there is no 'dotnet' here: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
        exit 1
    fi
    # In this folder dotnet obeys global.json, and says itself what is missing.
    if ! dotnet --version >/dev/null 2>&1; then
        echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
        dotnet --version >&2 || true
        exit 1
    fi
}
