"""One contract that import-linter does not bring along: a package that leans on the standard library alone.

A list of forbidden packages would let every package pass that nobody thought of.
"""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryOnly(Contract):
    """Breaks when a module of `packages` imports anything but the standard library and the package itself."""

    type_name = "standard_library_only"

    packages = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        foreign = []
        for package in self.contract_options["packages"]:
            for importer in sorted({package} | graph.find_descendants(package)):
                for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                    root = imported.partition(".")[0]
                    if root != package and root not in sys.stdlib_module_names:
                        foreign.append((importer, imported))
        return ContractCheck(kept=not foreign, metadata={"foreign": foreign})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["foreign"]:
            output.print_error(f"{importer} imports {imported}, which is not in the standard library.")
