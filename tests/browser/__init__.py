"""The course as a learner meets it: real JupyterLab in real Chromium, without a network."""
