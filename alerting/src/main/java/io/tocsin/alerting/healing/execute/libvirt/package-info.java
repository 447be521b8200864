/**
 * libvirt as an executor: starts, reboots, resets, grows and migrates virtual machines through
 * libvirt's C library (<a href="https://libvirt.org/html/index.html">reference</a>).
 */
package io.tocsin.alerting.healing.execute.libvirt;
