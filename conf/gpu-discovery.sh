#!/usr/bin/env bash
# Prints this machine's NVIDIA GPUs as Spark wants to hear of them: {"name": "gpu", "addresses":["0","1"]}
set -eu -o pipefail
addresses=$(nvidia-smi --query-gpu=index --format=csv,noheader | sed -n 's/^[0-9]\{1,\}$/"&"/p' | paste -sd,)
echo "{\"name\": \"gpu\", \"addresses\":[$addresses]}"
