/**
 * The machine itself, read from /proc and /sys. {@link io.tocsin.collectors.host.ProcFiles} reads;
 * the classes named after files' contents only parse.
 *
 * <p>File systems are the exception, since they must be asked one by one and may hang: {@link
 * io.tocsin.collectors.host.MountTable} parses, {@link io.tocsin.collectors.host.MountChoice}
 * chooses, {@link io.tocsin.collectors.host.FilesystemWatch} asks without being held up.
 */
package io.tocsin.collectors.host;
