#!/usr/bin/env bash
# What the tests marked `server` start: Fuseki (Maven Central) in .services/, Virtuoso and a Java to run Fuseki
# (Debian), Chromium for the pages. Oxigraph's server comes with the developers' requirements. Does nothing where all is there already.
set -euo pipefail
cd "$(dirname "$0")/.."
FUSEKI=5.6.0 # the last that runs on Java 17

packages=()
command -v java >/dev/null || packages+=(openjdk-17-jre-headless)
command -v chromium >/dev/null && command -v chromedriver >/dev/null || packages+=(chromium chromium-driver)
command -v virtuoso-t >/dev/null || packages+=(virtuoso-opensource-7-bin)
[ -f ".services/jena-fuseki-server-$FUSEKI.jar" ] || command -v mvn >/dev/null || packages+=(maven)
if [ "${#packages[@]}" -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null
fi
if [ ! -f ".services/jena-fuseki-server-$FUSEKI.jar" ]; then
    mvn -q -B dependency:get "-Dartifact=org.apache.jena:jena-fuseki-server:$FUSEKI" -Dtransitive=false
    mvn -q -B dependency:copy "-Dartifact=org.apache.jena:jena-fuseki-server:$FUSEKI" -DoutputDirectory="$PWD/.services"
fi
