// The modules of every page. Each works on the whole document by delegation, so
// that fragments which htmx brings in later need no start-up of their own.
import "./theme.js";
import "./menus.js";
import "./dialogs.js";
import "./forms.js";
import "./tables.js";
import "./fragments.js";
