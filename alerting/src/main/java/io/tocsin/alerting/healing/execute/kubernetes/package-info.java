/** Workloads, pods and nodes of a Kubernetes cluster. */
package io.tocsin.alerting.healing.execute.kubernetes;
