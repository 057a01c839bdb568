# Does one thing with Net::SFTP::Foreign: WORD LOCAL REMOTE TEMPORARY OPTIONS-OF-SSH, logging in as the environment says.
use strict;
use warnings;
use Net::SFTP::Foreign;

my ($word, $local, $remote, $temporary, @options) = @ARGV;
my $sftp = Net::SFTP::Foreign->new('127.0.0.1', user => $ENV{SFTP_USER}, port => $ENV{SFTP_PORT}, more => \@options);
$sftp->die_on_error('connect');

my %do = (
    put            => sub { $sftp->put($local, $remote) },
    putKeepingTime => sub { $sftp->put($local, $remote, copy_time => 1) },
    putAndRename   => sub { $sftp->put($local, $temporary) && $sftp->rename($temporary, $remote, overwrite => 1) },
    resume         => sub { $sftp->put($local, $remote, resume => 1) },
    mkdir          => sub { $sftp->mkdir($remote) },
    mirror         => sub { $sftp->rput($local, $remote) },
    mirrorNewer    => sub { $sftp->rput($local, $remote, newer_only => 1, copy_time => 1) },
    list           => sub { my $found = $sftp->ls($remote, names_only => 1) or return 0; print "$_\n" for @$found; 1 },
    stat           => sub { my $found = $sftp->stat($remote) or return 0; print $found->size, "\n"; 1 },
    get            => sub { $sftp->get($remote, $local) },
);

my $work = $do{$word} or die "unknown: $word\n";
die $sftp->error . "\n" unless $work->();
die $sftp->error . "\n" if $sftp->error;
