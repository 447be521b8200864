/**
 * Containers: figures straight from the kernel's control groups ({@link
 * io.tocsin.collectors.container.CgroupV1}, {@link io.tocsin.collectors.container.CgroupV2}), names
 * and states from whoever manages them (Docker, the kubelet). The two never wait for each other.
 */
package io.tocsin.collectors.container;
