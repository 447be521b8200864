/** The demonstration: a service to kill, and a witness of what the pipeline does about it. */
package io.tocsin.demo;
