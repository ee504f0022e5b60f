"""Loads records with dlt, as a user of dlt would. Reads one JSON request a line, answers with one JSON line each.

Request: {"destination": "duckdb" | "postgres", "credentials": path or URL, "pipeline", "dataset", "source", "resource",
"records": text of a JSON list, "options": options of dlt.resource, "incremental": options of dlt.sources.incremental or null}
"""

import json
import shutil
import sys
import tempfile

import dlt


folder = None


def load(request):
    """Without "fresh" every load is one of another machine, which knows what is stored; with it loads go on from each other."""
    global folder
    fresh = request.get("fresh")
    if fresh is not False:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        folder = tempfile.mkdtemp(prefix="typeload-dlt-")
    make = {"duckdb": dlt.destinations.duckdb, "postgres": dlt.destinations.postgres}[request["destination"]]
    pipeline = dlt.pipeline(
        request["pipeline"],
        destination=make(request["credentials"]),
        dataset_name=request["dataset"],
        pipelines_dir=folder,
    )
    incremental = request.get("incremental")

    @dlt.source(name=request["source"])
    def source():
        def read(cursor=dlt.sources.incremental(**incremental) if incremental else None):
            yield json.loads(request["records"])

        yield dlt.resource(read, name=request["resource"], **request.get("options", {}))

    if fresh is None:
        pipeline.sync_destination()
    info = pipeline.run(source())
    info.raise_on_failed_jobs()
    return {"loads": info.loads_ids}


for line in sys.stdin:
    try:
        answer = load(json.loads(line))
    except Exception as error:  # told to whoever asked
        answer = {"error": f"{type(error).__name__}: {error}"}
    print("\n" + json.dumps(answer), flush=True)
if folder is not None:
    shutil.rmtree(folder, ignore_errors=True)
