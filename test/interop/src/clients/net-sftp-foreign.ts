import { askPass, sshOptions } from '../open-ssh.ts';
import { driver, driverEnv, driverSteps, everyKey, type Client } from '../client.ts';

/** Perl's Net::SFTP::Foreign, which speaks SFTP itself and has OpenSSH carry it. */
export const netSftpForeign: Client = {
  name: 'Net::SFTP::Foreign',
  needs: ['/usr/bin/perl', '/usr/share/perl5/Net/SFTP/Foreign.pm', '/usr/bin/ssh'],
  version: { command: { file: '/usr/bin/perl', args: ['-MNet::SFTP::Foreign', '-e', 'print "Foreign $Net::SFTP::Foreign::VERSION\n"'] }, pattern: /Foreign (\S+)/ },
  steps: driverSteps((words, login) => ({
    file: '/usr/bin/perl',
    args: [driver('net-sftp-foreign.pl'), ...words, ...sshOptions(login)],
    env: { ...driverEnv(login), ...askPass(login) },
  })),
  keys: everyKey,
};
