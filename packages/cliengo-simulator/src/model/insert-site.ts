import type { CliengoModel } from "./cliengo-model.ts";
import type { Site } from "./site.ts";

/** Adds a site, and with it its chat widget, at the present. */
export function insertSite(model: CliengoModel, title: string, url: string): Site {
  const { epoch, text } = model.nextDate();
  const id = model.sites.insert(epoch, (newId) => ({
    id: newId,
    companyId: model.account.id,
    title,
    url,
    email: null,
    creationDate: text,
    enableChat: true,
    deleted: false,
    scriptInstalled: false,
    tags: [],
    availableSmartTriggers: [],
    assignPriority: [],
    autoAssign: [],
    labs: {},
    type: "WEBSITE",
  }));
  const site = model.sites.get(id);
  if (site === undefined) throw new RangeError("The site was not inserted");
  return site;
}
