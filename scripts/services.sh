#!/usr/bin/env bash
# What the tests marked `server` start: Fuseki, RDF4J's server and a Jetty to run it (Maven Central) in .services/,
# with RDF4J's and Jena's clients, Virtuoso and a Java (Debian), zsh and fish, Chromium for the pages, and Lighthouse to
# judge them and Comunica to query (npm). Oxigraph's server comes with the developers' requirements. Does nothing where
# all is there already. What Maven does not give is noted in FILE.refused: its tests are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
ARTIFACTS=(
    org.apache.jena:jena-fuseki-server:5.6.0:jar # the last that runs on Java 17
    org.eclipse.rdf4j:rdf4j-http-server:5.0.3:war
    org.eclipse.jetty:jetty-runner:9.4.58.v20250814:jar # the last for servlets of that server's kind
)

missing=()
for artifact in "${ARTIFACTS[@]}"; do
    IFS=: read -r _ name version kind <<<"$artifact"
    [ -f ".services/$name-$version.$kind" ] || missing+=("$artifact")
done

packages=()
command -v javac >/dev/null || packages+=(openjdk-17-jdk-headless) # a client of the tests is compiled
command -v chromium >/dev/null && command -v chromedriver >/dev/null || packages+=(chromium chromium-driver)
command -v zsh >/dev/null && command -v fish >/dev/null || packages+=(zsh fish)
command -v virtuoso-t >/dev/null || packages+=(virtuoso-opensource-7-bin)
[ "${#missing[@]}" -eq 0 ] || command -v mvn >/dev/null || packages+=(maven)
if [ "${#packages[@]}" -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null
fi

mkdir -p .services
for artifact in ${missing[@]+"${missing[@]}"}; do
    IFS=: read -r _ name version kind <<<"$artifact"
    refused=".services/$name-$version.$kind.refused"
    if mvn -q -B dependency:get "-Dartifact=$artifact" -Dtransitive=false &&
        mvn -q -B dependency:copy "-Dartifact=$artifact" -DoutputDirectory="$PWD/.services"; then
        rm -f "$refused"
    else
        echo "Maven does not give $artifact" | tee "$refused" >&2
    fi
done

# What reads the published files: a parser of other people, and the schema of GeoJSON; without npm their tests are skipped.
if [ ! -d .services/conformance/node_modules/n3 ] && command -v npm >/dev/null; then
    npm install --silent --no-audit --no-fund --no-save --prefix .services/conformance n3@1.26.0 geojson-schema@1.0.5
fi

# npm runs no script of a package here, and what it does not give is skipped by its test.
if command -v npm >/dev/null && [ ! -d .services/lighthouse/node_modules/lighthouse ]; then
    mkdir -p .services/lighthouse
    cp tests/lighthouse/package.json tests/lighthouse/package-lock.json tests/lighthouse/.npmrc .services/lighthouse/
    (cd .services/lighthouse && npm ci --ignore-scripts --silent) || echo "npm does not give Lighthouse" >&2
fi

# The last Comunica for Node.js 20; without npm its tests are skipped.
if [ ! -d .services/comunica/node_modules/@comunica/query-sparql ] && command -v npm >/dev/null; then
    npm install --silent --no-audit --no-fund --no-save --prefix .services/comunica @comunica/query-sparql@4.5.0
fi
