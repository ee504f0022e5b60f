import type { DataType } from "../schema/data-types.ts";
import type { FieldHint } from "../source/column-hints.ts";

/** The field hints of a resource by path: one node a member. */
export class HintNode {
  dataType: DataType | undefined;
  private readonly members = new Map<string, HintNode>();

  member(name: string): HintNode | undefined {
    return this.members.get(name);
  }

  /** The node of a path, made when it is not there. */
  at(path: readonly string[]): HintNode {
    const [first, ...rest] = path;
    if (first === undefined) return this;
    let node = this.members.get(first);
    if (node === undefined) {
      node = new HintNode();
      this.members.set(first, node);
    }
    return node.at(rest);
  }
}

/** `"[]"` in a path stands for each element of a list, and is a member name of its own here. */
export const element = "[]";

export function hintTree(hints: readonly FieldHint[]): HintNode {
  const root = new HintNode();
  for (const { path, dataType } of hints) root.at(path).dataType = dataType;
  return root;
}
