"""Parts of a layout kept from one document to the next. Each memory stands before one function of WeasyPrint."""
