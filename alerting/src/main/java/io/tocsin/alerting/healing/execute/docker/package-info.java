/**
 * Docker as an executor: restarts and starts containers, raises their limits, and adds containers
 * to a service of a compose project. Talks to the Engine API (<a
 * href="https://docs.docker.com/reference/api/engine/">reference</a>) over its Unix socket.
 */
package io.tocsin.alerting.healing.execute.docker;
