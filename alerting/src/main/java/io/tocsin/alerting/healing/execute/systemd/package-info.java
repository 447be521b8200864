/**
 * systemd as an executor: restarts, starts and reloads units over D-Bus (<a
 * href="https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.systemd1.html">reference</a>).
 */
package io.tocsin.alerting.healing.execute.systemd;
