/** How large a VM or container should be. */
package io.tocsin.capacity.rightsizing;
