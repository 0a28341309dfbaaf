/// What `--help` prints.
let usage = """
    Usage: mesos-fetcher [options]

    Fetches a task's artifacts as an agent of Apache Mesos asks for it. The agent starts it; there
    is no argument to give. What is to be done stands as JSON in MESOS_FETCHER_INFO, the log goes to
    standard error, and the exit status is 0 when everything was fetched, 1 when something was not.

    Options, also as variables MESOS_<NAME>:
      --[no-]help                        Print this.
      --external_log_file=VALUE          Understood, and of no effect.
      --[no-]initialize_driver_logging   Understood, and of no effect.
      --log_dir=VALUE                    A directory for a log file, next to standard error.
      --logbufsecs=VALUE                 Understood; lines are written at once.
      --logging_level=VALUE              INFO (default), WARNING or ERROR.
      --[no-]quiet                       Nothing on standard error.

    Installing it in an agent, next to Mesos' own program:
      1. See where the agent looks: its flag --launcher_dir, /usr/libexec/mesos by default.
      2. Keep the original:   mv /usr/libexec/mesos/mesos-fetcher /usr/libexec/mesos/mesos-fetcher.orig
      3. Put this in place:   install -m 0755 mesos-fetcher /usr/libexec/mesos/mesos-fetcher
      4. Try it by hand:      MESOS_FETCHER_INFO='{"sandbox_directory": "/tmp", "items": [
           {"action": "BYPASS_CACHE", "uri": {"value": "file:///etc/hostname"}}]}' \\
           /usr/libexec/mesos/mesos-fetcher
      The next task uses it; the agent need not be restarted. To go back, move the original back.
      It needs no Swift, but the libraries that unpack, and libcurl for downloads (Debian: zlib1g,
      libbz2-1.0, liblzma5, libisal2, libcurl4). scripts/mesos-fetcher builds it, as
      .build/release/mesos-fetcher.

    What it does better: files appear under their name when they are whole, an archive is unpacked
    while it comes, a download that was cut is continued, nothing is written outside the sandbox,
    and neither a password nor a signature of a URI is written to the log.

    """
