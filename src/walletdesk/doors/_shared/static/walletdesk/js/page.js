// What every page does when a script may run. Each page also works without any of this.
import { listen } from "./live.js";
import { turnRings } from "./rings.js";
import { tendForms } from "./forms.js";

listen(document.body);
turnRings();
tendForms();

// The strip that says the line is down; its words come from the page.
const strip = document.getElementById("offline");
const showLine = () => { if (strip) strip.hidden = navigator.onLine; };
addEventListener("online", showLine);
addEventListener("offline", showLine);
showLine();
