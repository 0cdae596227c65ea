// Go: net/http with Server.Shutdown on SIGTERM, as its documentation shows.
package main

import (
	"context"
	"errors"
	"io"
	"log"
	"math/rand"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	server := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), Handler: http.HandlerFunc(serve)}
	idle := make(chan struct{})
	go func() {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, syscall.SIGTERM)
		<-signals
		limit, cancel := context.WithTimeout(context.Background(), 25*time.Second)
		defer cancel()
		if err := server.Shutdown(limit); err != nil {
			log.Print(err)
		}
		close(idle)
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-idle
}

func serve(response http.ResponseWriter, request *http.Request) {
	_, _ = io.Copy(io.Discard, request.Body)
	response.Header().Set("Content-Type", "application/json")
	if request.Method == http.MethodPost {
		time.Sleep(time.Duration(5+rand.Intn(75)) * time.Millisecond)
		response.WriteHeader(http.StatusCreated)
	}
	_, _ = io.WriteString(response, `{"item":"tea"}`)
}
