"""A home of its own for the records of whatever a suite plays: nobody's own records are touched by tests.

    import home            sets XDG_DATA_HOME to a folder that is gone when the suite ends
"""
import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="rehearse-home-")
os.environ["XDG_DATA_HOME"] = FOLDER
os.environ.pop("REHEARSE_STORE", None)
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
