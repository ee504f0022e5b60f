// Another program that has a DuckDB file open: prints a line once it has, and ends when its input does.
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(process.argv[2]);
const connection = await instance.connect();
await connection.run("CREATE TABLE IF NOT EXISTS held (x INTEGER)");
console.log("open");
process.stdin.on("end", () => process.exit(0)).resume();
