#!/bin/sh
# The smallest terminal of the eparking device protocol: a shell, openssl and Debian's mosquitto-clients.
# (An example: openssl is given the key as an argument, which other users of the machine can see.)
#
#   EP_DEVICE, EP_PASSWORD, EP_KEY, EP_EPOCH   as the provisioning gave them
#   EP_HOST, EP_PORT                           the gateway (localhost, 1883); EP_CAFILE turns TLS on
#   EP_SPOOL                                   folder of the journal ($HOME/.eparking-$EP_DEVICE)
#
#   sh terminal.sh record TYPE BODY [AT]   write a record into the journal, publish what waits, print the receipts
#   sh terminal.sh send                    publish what waits, for instance after an outage
#   sh terminal.sh listen CHANNEL          print what comes on config, commands, payments or receipts, until interrupted
#
# BODY is canonical JSON (RFC 8785): keys in order, no white space: '{"firmware":"1.0","reason":"power"}'.
# AT is an RFC 3339 instant, now when absent.
set -eu

: "${EP_DEVICE:?}" "${EP_PASSWORD:?}" "${EP_KEY:?}" "${EP_EPOCH:?}"
spool=${EP_SPOOL:-$HOME/.eparking-$EP_DEVICE}
mkdir -p "$spool"
chain="$spool/chain.$EP_EPOCH"    # "SEQ MAC" of the last record of this epoch
waiting="$spool/waiting"          # records that no receipt has answered yet, one a line
topics="eparking/v1/$EP_DEVICE"

# The journal key: base64url without padding -> hexadecimal
key_hex() {
  padded=$(printf '%s' "$EP_KEY" | tr '_-' '/+')
  while [ $((${#padded} % 4)) -ne 0 ]; do padded="$padded="; done
  printf '%s' "$padded" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n'
}

# HMAC-SHA-256 of standard input, base64url without padding
mac_of() {
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(key_hex)" -binary | openssl base64 -A | tr '/+' '_-' | tr -d '='
}

# One of mosquitto's clients, signed in as the device: client id = user name = device id
client() {
  program=$1
  shift
  set -- "$@" -V mqttv311 -h "${EP_HOST:-localhost}" -p "${EP_PORT:-1883}" -i "$EP_DEVICE" -u "$EP_DEVICE" -P "$EP_PASSWORD"
  if [ -n "${EP_CAFILE:-}" ]; then set -- "$@" --cafile "$EP_CAFILE"; fi
  "$program" "$@" </dev/null
}

# Publishes the oldest record that waits and prints its receipt (mosquitto_rr subscribes, publishes and waits), until
# none is left. A record leaves the spool only when it has been answered.
send() {
  while [ -s "$waiting" ]; do
    client mosquitto_rr -q 1 -t "$topics/journal" -e "$topics/receipts" -W 30 -m "$(head -n 1 "$waiting")"
    tail -n +2 "$waiting" >"$waiting.new"
    mv "$waiting.new" "$waiting"
  done
}

record() {
  type=$1 body=$2 at=${3:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}
  seq=0 prev=
  if [ -s "$chain" ]; then read -r seq prev <"$chain"; fi
  seq=$((seq + 1))
  # The record without its mac, in canonical form: at, body, epoch, prev, seq, type, v.
  unsealed=$(printf '{"at":"%s","body":%s,"epoch":%s,"prev":"%s","seq":%s,"type":"%s","v":1}' \
    "$at" "$body" "$EP_EPOCH" "$prev" "$seq" "$type")
  mac=$(printf '%s' "$unsealed" | mac_of)
  # First into the spool, then onto the wire: a record that was given a seq must never be lost.
  printf '%s,"mac":"%s"}\n' "${unsealed%\}}" "$mac" >>"$waiting"
  printf '%s %s\n' "$seq" "$mac" >"$chain.new"
  mv "$chain.new" "$chain"
  send
}

case "${1:-}" in
  record) shift; record "$@" ;;
  send) send ;;
  listen) client mosquitto_sub -c -q 1 -t "$topics/${2:?CHANNEL}" ;;
  *) sed -n '2,16p' "$0"; exit 2 ;;
esac
