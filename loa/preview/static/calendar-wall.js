// The wall plan goes to the printer.
"use strict";
document.getElementById("wall-print").addEventListener("click", () => print());
