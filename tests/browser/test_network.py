"""The network is cut, for the page as for server and kernels; no notebook misses it."""


def test_a_kernel_reaches_no_other_machine(open_notebook, jupyter):
    notebook = open_notebook("vi/network")
    notebook.command("notebook:run-all-cells")
    notebook.output(1).get_by_text("the network is cut: 192.0.2.1").last.wait_for()
    notebook.page.wait_for_timeout(300)
    assert set(jupyter.tried_hosts()) == {"192.0.2.1"}  # and told here also of what a program caught


def test_a_page_reaches_no_other_machine(open_notebook):
    notebook = open_notebook("vi/network")
    failed = notebook.page.evaluate("() => fetch('http://192.0.2.1/').then(() => false, () => true)")
    assert failed
    assert notebook.outside == ["http://192.0.2.1/"]
    notebook.page.wait_for_timeout(300)  # the console complains a little later
    notebook.outside.clear()
    notebook.errors.clear()
