import { webLibraryBuild } from "../../tsup.base.ts";

export default webLibraryBuild(["src/index.ts"]);
