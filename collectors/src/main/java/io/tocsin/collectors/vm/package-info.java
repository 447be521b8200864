/**
 * Virtual machines, read from libvirt's C library. {@link io.tocsin.collectors.vm.Hypervisor} is
 * the edge to it; {@link io.tocsin.collectors.vm.Questioner} asks without ever being held up by a
 * machine that hangs; the classes named after parts of a sample only work out figures.
 */
package io.tocsin.collectors.vm;
