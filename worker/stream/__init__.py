"""The stream shell: the only importer of faust. Decodes, calls the pure core, writes tables, publishes."""
