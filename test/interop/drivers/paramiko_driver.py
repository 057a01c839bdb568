"""Does one thing with paramiko: WORD LOCAL REMOTE TEMPORARY, logging in as the environment says."""
import os
import sys

import paramiko

word, local, remote, temporary = sys.argv[1:5]
key = os.environ["SFTP_KEY"]

client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect(
    "127.0.0.1",
    port=int(os.environ["SFTP_PORT"]),
    username=os.environ["SFTP_USER"],
    password=None if key else os.environ["SFTP_PASSWORD"],
    key_filename=key or None,
    look_for_keys=False,
    allow_agent=False,
)
sftp = client.open_sftp()

if word == "put":
    sftp.put(local, remote)
elif word == "putKeepingTime":
    sftp.put(local, remote)
    modified = os.stat(local).st_mtime
    sftp.utime(remote, (modified, modified))
elif word == "putAndRename":
    sftp.put(local, temporary)
    sftp.posix_rename(temporary, remote)
elif word == "resume":
    with open(local, "rb") as source, sftp.open(remote, "r+b") as target:
        size = sftp.stat(remote).st_size
        source.seek(size)
        target.seek(size)
        target.write(source.read())
elif word == "mkdir":
    sftp.mkdir(remote)
elif word == "list":
    print("\n".join(entry.filename for entry in sftp.listdir_attr(remote)))
elif word == "stat":
    print(sftp.stat(remote).st_size)
elif word == "get":
    sftp.get(remote, local)
else:
    raise ValueError(word)

client.close()
