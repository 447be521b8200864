/**
 * Security events: what the Docker daemon says happens to containers and images, what Trivy found
 * in them, and what Falco saw processes do. One collector a source: {@code security/docker}, {@code
 * security/trivy}, {@code security/falco}.
 *
 * <p>Names, commands and messages in events come from whoever runs the containers. They are cut to
 * a length, freed of control characters, and are text from there on: nothing here opens a path, a
 * URL or a command that an event names.
 *
 * <p>What an event speaks of: a container has the id that the container collector gives it, {@code
 * container/<host>.<name>}; what happens to the daemon's images or outside containers belongs to
 * {@code host/<host>}; a scanned artifact has no kind of its own and is {@code
 * unspecified/<artifact>}. All of them are listed as resources with {@code intervalMs} 0 and no
 * more than their name: a description by a collector that measures them is the better one.
 */
package io.tocsin.collectors.security;
