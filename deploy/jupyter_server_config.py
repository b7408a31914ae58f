"""One server for a team: JupyterLab behind a proxy that signs people in. A sample: read it, then put it into /etc/jupyter/.

Everybody who comes in can run code as this server's user, and with its Gemini key. For people who shall only look, see voila.json.
"""

c = get_config()  # noqa: F821  # Jupyter gives it

c.ServerApp.ip = "127.0.0.1"  # only the proxy reaches it
c.ServerApp.port = 8888
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.ServerApp.allow_remote_access = True  # the proxy passes the name that people typed
c.ServerApp.local_hostnames = ["studio.example.org"]
c.ServerApp.trust_xheaders = True  # https is the proxy's
c.ServerApp.allow_origin = ""  # the same origin alone: never "*" where there are cookies
c.ServerApp.root_dir = "/srv/films/notebooks"

c.ServerApp.identity_provider_class = "glimmer.server.identity.ProxyIdentityProvider"
c.ProxyIdentityProvider.secret_file = "/run/secrets/glimmer-proxy"  # the same as oauth2-proxy's basic_auth_password
c.ProxyIdentityProvider.domains = ["example.org"]

c.MappingKernelManager.cull_idle_timeout = 4 * 3600  # a kernel nobody uses holds about 200 MB; films are in the studio, not in it
c.MappingKernelManager.cull_interval = 300
c.ServerApp.jpserver_extensions = {"glimmer.server": True}  # its installation has said so already; here for who reads this
