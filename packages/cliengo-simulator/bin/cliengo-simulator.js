#!/usr/bin/env node
// Stands in the repository unbuilt, so that npm can link the command before the first build.
import "../dist/main.js";
