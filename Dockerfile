# A bare machine: Python, make, and the one command of the README.
#
#   docker build -t debatekit .
#   docker run --rm -v "$PWD:/work" -w /work debatekit build --out handouts
FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends make
COPY . /debatekit
WORKDIR /debatekit
RUN make handouts
ENTRYPOINT ["/debatekit/.venv/bin/debatekit"]
