# Later messages of a key replace earlier ones; null: nothing is known any more.
kcat -C -q -u -J -b "${1:-127.0.0.1:9092}" -t "${2:-drone.tallies.day.v1}" -o beginning |
  jq --unbuffered -c '[.key, ((.payload // "{\"measures\": {}}") | fromjson | .measures | map_values([.low, .best, .high]))]'
