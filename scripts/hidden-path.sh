#!/usr/bin/env bash
# Prints a PATH like this one, without the programs that a newcomer's machine may lack: everything of
# PATH, linked into the folder that is given, except servers, browsers, hosts, shells and tools that the
# two commands of the README must not need.
set -euo pipefail
folder=$1
hidden='redis-server|redis-cli|valkey-server|wine|wine64|wineserver|chromium|chromium-browser|google-chrome|ffmpeg|ffprobe|openssl|zsh|fish|tmux|git|curl|wget|python|python3|gcc|g\+\+|cc|make|clawdbot|moltbot|openclaw|apt-get|docker'
mkdir -p "$folder"
IFS=:
for entry in $PATH; do
  [ -d "$entry" ] || continue
  for program in "$entry"/*; do
    name=${program##*/}
    [ -e "$folder/$name" ] || ln -s "$program" "$folder/$name"
  done
done
find "$folder" -mindepth 1 -regextype posix-extended -regex ".*/($hidden)" -delete
echo "$folder"
