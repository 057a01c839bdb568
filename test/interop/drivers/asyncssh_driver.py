"""Does one thing with asyncssh: WORD LOCAL REMOTE TEMPORARY, logging in as the environment says."""
import asyncio
import os
import sys

import asyncssh

word, local, remote, temporary = sys.argv[1:5]
key = os.environ["SFTP_KEY"]
proof = {"client_keys": [key]} if key else {"password": os.environ["SFTP_PASSWORD"], "client_keys": None}


async def work(sftp):
    if word == "put":
        await sftp.put(local, remote)
    elif word == "putKeepingTime":
        await sftp.put(local, remote, preserve=True)
    elif word == "putAndRename":
        await sftp.put(local, temporary)
        await sftp.posix_rename(temporary, remote)
    elif word == "resume":
        size = await sftp.getsize(remote)
        with open(local, "rb") as source:
            source.seek(size)
            async with sftp.open(remote, "ab") as target:
                await target.write(source.read())
    elif word == "mkdir":
        await sftp.mkdir(remote)
    elif word == "mirror":
        # A folder is put into the one that is named, as cp does.
        await sftp.put(local, os.path.dirname(remote), recurse=True)
    elif word == "list":
        print("\n".join(await sftp.listdir(remote)))
    elif word == "stat":
        print((await sftp.stat(remote)).size)
    elif word == "get":
        await sftp.get(remote, local)
    else:
        raise ValueError(word)


async def main():
    port = int(os.environ["SFTP_PORT"])
    async with asyncssh.connect("127.0.0.1", port, username=os.environ["SFTP_USER"], known_hosts=None, config=None, agent_path=None, **proof) as connection:
        async with connection.start_sftp_client() as sftp:
            await work(sftp)


asyncio.run(main())
