"""The notebook runs as it stands, and finds what it says."""

import os
import unittest

import nbclient
import nbformat

ROOT = os.environ.get("FOLDWISE_ROOT", os.getcwd())
FOLDER = f"{ROOT}/src/site/notebooks"

CHECKS = """
assert np.mean(errors) < 0.05, errors
assert found.chosen["degree"] == 3, found.chosen
assert 1e-3 < ridge.chosen["l2"] < 10, ridge.chosen
plain, fused = tuned["CrossValidator"], tuned["FusedCrossValidator"]
np.testing.assert_allclose(fused.avgMetrics, plain.avgMetrics, rtol=1e-9)
assert len({model.bestModel.stages[-1].getRegParam() for model in tuned.values()}) == 1
assert seconds["FusedCrossValidator"] < seconds["CrossValidator"], seconds
spark.stop()
"""


class NotebookTest(unittest.TestCase):
    def test_the_quick_start(self):
        notebook = nbformat.read(f"{FOLDER}/quick-start.ipynb", as_version=4)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.assertTrue(all(not cell.outputs and cell.execution_count is None for cell in code), "it is kept without outputs")
        notebook.cells.append(nbformat.v4.new_code_cell(CHECKS))
        nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": FOLDER}}).execute()
        figures = [output for cell in code for output in cell.outputs if "image/png" in output.get("data", {})]
        self.assertEqual(3, len(figures))


if __name__ == "__main__":
    unittest.main(warnings="ignore")
