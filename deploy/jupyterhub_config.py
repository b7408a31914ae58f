"""Many users: each has a server of their own, as their own user of the system. A sample for JupyterHub 5 with oauthenticator 16.3 or newer.

Older oauthenticators do not check Google's hosted_domain as they should (GHSA-55m3-44xf-hg4h).
"""

import os

c = get_config()  # noqa: F821  # JupyterHub gives it

c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # https is the proxy's before it
c.JupyterHub.authenticator_class = "google"
c.GoogleOAuthenticator.oauth_callback_url = "https://studio.example.org/hub/oauth_callback"
c.GoogleOAuthenticator.client_id = os.environ["GOOGLE_CLIENT_ID"]
c.GoogleOAuthenticator.client_secret = os.environ["GOOGLE_CLIENT_SECRET"]
c.GoogleOAuthenticator.hosted_domain = ["example.org"]
c.GoogleOAuthenticator.allow_all = True  # of that domain; JupyterHub 5 lets nobody in unless this, allowed_users or a group says who
c.GoogleOAuthenticator.admin_users = {"ann@example.org"}

c.Spawner.default_url = "/lab"
c.Spawner.environment = {
    # One studio for all, in Postgres, its media in one place; without these everybody has a studio of their own in ./studio.
    # "GLIMMER_STUDIO": "postgresql://glimmer@db.example.org/films", "GLIMMER_ASSETS": "gs://example-films/assets",
}
# A user's key is a user's own: let them set GEMINI_API_KEY in their server; a key in Spawner.environment is spent by everybody.
c.Spawner.mem_limit = "4G"  # rendering 1080p takes about 1 GB
c.JupyterHub.load_roles = []
