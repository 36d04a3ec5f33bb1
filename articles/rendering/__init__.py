"""From a record to the HTML of a page; the pages and the desk's preview share it."""
